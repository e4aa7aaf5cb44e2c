"""What staff fill in about who may join."""

from django import forms
from django.conf import settings

from joining.models import JoinBlock, JoiningPolicy


class PolicyForm(forms.ModelForm[JoiningPolicy]):
    """Who may join, what machines are held to, and what new people may do."""

    class Meta:
        model = JoiningPolicy
        fields = (
            "mode",
            "closed_words",
            "people_invite",
            "least_seconds",
            "new_for_hours",
            "new_links_max",
            "new_strangers_max",
            "new_tweets_per_hour",
        )
        labels = {
            "mode": "Who may join",
            "closed_words": "What a closed door says",
            "people_invite": "Everybody may make invites",
            "least_seconds": "Least seconds to fill in the form",
            "new_for_hours": "Hours that an account counts as new",
            "new_links_max": "Links in a tweet of somebody new",
            "new_strangers_max": "Strangers named in a tweet of somebody new",
            "new_tweets_per_hour": "Tweets of somebody new in an hour",
        }
        widgets = {"mode": forms.RadioSelect}
        error_messages = {"mode": {"invalid_choice": "Choose one of these."}}


class DecisionForm(forms.Form):
    """A yes, or a no with a word about it."""

    words = forms.CharField(
        label="A word to them, if you turn them away",
        max_length=settings.JOIN_REASON_MAX_LENGTH,
        required=False,
    )


class BlockForm(forms.ModelForm[JoinBlock]):
    """Something more that is turned away."""

    kind = forms.ChoiceField(
        label="What",
        choices=JoinBlock.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is turned away.", "invalid_choice": "Choose one of these."},
    )

    class Meta:
        model = JoinBlock
        fields = ("kind", "value", "note")
        labels = {"value": "Which", "note": "Why"}
        help_texts = {"value": "As spam.example, 192.0.2.0/24 or *bot*."}
