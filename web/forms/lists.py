"""Forms about lists of people."""

from django import forms
from django.conf import settings

from timelines.models import PeopleList

_REPLIES = [
    (PeopleList.Replies.MEMBERS, "Replies to others on the list"),
    (PeopleList.Replies.FOLLOWED, "Replies to anybody I follow"),
    (PeopleList.Replies.NOBODY, "No replies"),
]


class ListForm(forms.Form):
    """Turns the request into the values of timelines.actions.create_list and update_list."""

    title = forms.CharField(
        label="Name",
        max_length=settings.LIST_TITLE_MAX_LENGTH,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Give the list a name."},
    )
    replies = forms.ChoiceField(
        label="Which replies it shows",
        choices=_REPLIES,
        initial=PeopleList.Replies.MEMBERS,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one of the three.",
            "invalid_choice": "Choose one of the three.",
        },
    )
    is_exclusive = forms.BooleanField(
        label="Leave these people out of Home",
        help_text="You read them here alone. Whoever else retweets them still stands on Home.",
        required=False,
    )


class MemberForm(forms.Form):
    """The name of somebody to put on a list."""

    name = forms.CharField(
        label="Add somebody you follow",
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "Write the name of somebody you follow."},
    )

    def clean_name(self) -> str:
        """Without the @ and the spaces that people type or paste."""
        return str(self.cleaned_data["name"]).strip().removeprefix("@")
