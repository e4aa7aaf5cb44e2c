"""The form of a token of one's own."""

from django import forms

from clients.actions import NAME_MAX_LENGTH
from clients.scopes import WORDS

_OFFERED = ("profile", "read", "write", "push")


class TokenForm(forms.Form):
    """Turns the request into what `clients.actions.make_token` takes."""

    name = forms.CharField(
        label="Name",
        help_text="Of your app or script, so that you know it again in the list.",
        max_length=NAME_MAX_LENGTH,
        error_messages={"required": "Name your app or script."},
    )
    scopes = forms.MultipleChoiceField(
        label="It may",
        choices=[(scope, WORDS[scope]) for scope in _OFFERED],
        initial=["read"],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what it may do.", "invalid_choice": "Choose among these."},
    )

    @property
    def wanted(self) -> str:
        """The scopes as one text."""
        return " ".join(self.cleaned_data["scopes"])
