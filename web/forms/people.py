"""Forms about other people, and about what they may see."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone

from accounts.models import User
from relationships.actions.note import NOTE_MAX_LENGTH

_HOURS = {"hour": 1, "day": 24, "week": 24 * 7}


class MuteForm(forms.Form):
    """For how long, and whether their deeds still make notifications."""

    how_long = forms.ChoiceField(
        label="For how long",
        choices=[("ever", "For good"), ("hour", "1 hour"), ("day", "1 day"), ("week", "7 days")],
        initial="ever",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for how long.", "invalid_choice": "Choose one of the four."},
    )
    hides_notifications = forms.BooleanField(
        label="Hide their notifications too", required=False, initial=True
    )

    def until(self) -> datetime | None:
        """The end of the mute; None for good."""
        hours = _HOURS.get(self.cleaned_data["how_long"])
        return timezone.now() + timedelta(hours=hours) if hours else None


class NoteForm(forms.Form):
    """What one wants to remember about somebody; the action counts."""

    text = forms.CharField(
        label="Note",
        help_text="Only you see it. An empty note is removed.",
        required=False,
        widget=forms.Textarea({"rows": 5, "maxlength": NOTE_MAX_LENGTH}),
    )


class PrivacyForm(forms.Form):
    """Turns the request into the values of accounts.actions.update_privacy."""

    is_locked = forms.BooleanField(
        label="Ask me before somebody follows me",
        help_text="Those who follow you already stay. Switching it off lets in everyone who asked.",
        required=False,
    )
    is_findable = forms.BooleanField(
        label="Let people find my tweets by searching",
        help_text="Without it only you do, you are suggested to nobody, and search engines shall stay out.",
        required=False,
    )
    hides_network = forms.BooleanField(
        label="Hide whom I follow and who follows me",
        help_text="The two lists are seen by you alone; the numbers stay.",
        required=False,
    )
    hides_counts = forms.BooleanField(
        label="Show me no counts under tweets",
        help_text="How often a tweet was liked, retweeted, answered or quoted, wherever you read.",
        required=False,
    )
    messages_from = forms.ChoiceField(
        label="Who may message you",
        help_text="Messages of people you do not follow wait as requests until you accept them.",
        choices=[
            (User.MessagesFrom.EVERYONE, "Everyone"),
            (User.MessagesFrom.FOLLOWED, "People I follow, and people I wrote to"),
        ],
        error_messages={
            "required": "Choose who may message you.",
            "invalid_choice": "Choose one of the two.",
        },
    )
