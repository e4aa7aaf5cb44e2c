"""The form of what one wants to hear of strangers."""

from django import forms
from django.conf import settings

from notifications.models import NotificationPolicy

_Choice = NotificationPolicy.Choice
_CHOICES = [
    (_Choice.ACCEPT, "Show me"),
    (_Choice.FILTER, "Keep apart, in the requests"),
    (_Choice.DROP, "Do not tell me"),
]


def _wish(label: str, help_text: str = "", initial: str = _Choice.ACCEPT) -> forms.ChoiceField:
    errors = {"required": "Choose one of the three.", "invalid_choice": "Choose one of the three."}
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=_CHOICES, initial=initial, error_messages=errors
    )


class PolicyForm(forms.Form):
    """Turns the request into the wishes of notifications.actions.set_policy."""

    for_not_following = _wish("People I do not follow")
    for_not_followers = _wish("People who do not follow me")
    for_new_accounts = _wish("New accounts", f"Younger than {settings.NEW_ACCOUNT_DAYS} days.")
    for_limited_accounts = _wish(
        "Accounts that staff limited", "For spam or bad manners, as a rule.", _Choice.DROP
    )
