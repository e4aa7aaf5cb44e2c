"""The form of a word filter."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from relationships.actions import FilterDraft
from relationships.models import WordFilter

_MINUTES = {"30m": 30, "1h": 60, "6h": 360, "12h": 720, "1d": 1440, "7d": 7 * 1440, "30d": 30 * 1440}
_ENDS = [
    ("ever", "Never"),
    ("30m", "After 30 minutes"),
    ("1h", "After 1 hour"),
    ("6h", "After 6 hours"),
    ("12h", "After 12 hours"),
    ("1d", "After 1 day"),
    ("7d", "After 7 days"),
    ("30d", "After 30 days"),
]
_KEEP = "keep"
# The fields of the form that answer for those of the action.
FIELDS = {
    "title": "title",
    "keywords": "words",
    "contexts": "contexts",
    "action": "action",
    "expires_at": "ends",
}


class FilterForm(forms.Form):
    """Turns what was sent into a FilterDraft. Words stand one on each line; the action counts them."""

    title = forms.CharField(
        label="Name",
        help_text="Stands on tweets that are folded. Left empty, it is the first word.",
        max_length=settings.FILTER_TITLE_MAX_LENGTH,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    words = forms.CharField(
        label="Words or phrases",
        help_text="One on each line. Capitals and accents make no difference.",
        max_length=10_000,
        required=False,
        widget=forms.Textarea({"spellcheck": "false"}),
    )
    parts = forms.CharField(
        label="Parts of words",
        help_text="One on each line. “cat” is then found in “concatenate” too.",
        max_length=10_000,
        required=False,
        widget=forms.Textarea({"spellcheck": "false"}),
    )
    action = forms.ChoiceField(
        label="What happens to tweets with them",
        choices=[
            (WordFilter.Action.WARN, "Fold them behind the name"),
            (WordFilter.Action.BLUR, "Cover their pictures"),
            (WordFilter.Action.HIDE, "Leave them out"),
        ],
        initial=WordFilter.Action.WARN,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happens.", "invalid_choice": "Choose one of the three."},
    )
    contexts = forms.MultipleChoiceField(
        label="Where",
        choices=[
            (WordFilter.Context.HOME, "Home and my lists"),
            (WordFilter.Context.PUBLIC, "Local, tags and search"),
            (WordFilter.Context.NOTIFICATIONS, "Notifications"),
            (WordFilter.Context.THREAD, "Conversations"),
            (WordFilter.Context.ACCOUNT, "Profiles"),
        ],
        initial=WordFilter.Context.values,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one place.",
            "invalid_choice": "Choose among these five places.",
        },
    )
    ends = forms.ChoiceField(
        label="Ends",
        choices=_ENDS,
        initial="ever",
        error_messages={"required": "Choose an end.", "invalid_choice": "Choose one of these ends."},
    )

    def __init__(self, data: Any = None, *, changed: WordFilter | None = None) -> None:
        super().__init__(data, initial=_initial(changed) if changed else None)
        self._ends_already = changed.expires_at if changed else None
        if self._ends_already is not None:
            moment = f"{self._ends_already:%-d %b %Y, %H:%M} UTC"
            word = "Ended" if changed and changed.has_ended(timezone.now()) else "As it is:"
            self.fields["ends"].choices = [(_KEEP, f"{word} {moment}"), *_ENDS]  # type: ignore[attr-defined]

    def to_draft(self) -> FilterDraft:
        said = self.cleaned_data
        keywords = dict.fromkeys(said["parts"].splitlines(), False)
        keywords |= dict.fromkeys(said["words"].splitlines(), True)
        return FilterDraft(
            title=said["title"],
            keywords=keywords,
            contexts=tuple(said["contexts"]),
            action=said["action"],
            expires_at=self._end(said["ends"]),
        )

    def _end(self, choice: str) -> datetime | None:
        if choice == _KEEP:
            return self._ends_already
        minutes = _MINUTES.get(choice)
        return timezone.now() + timedelta(minutes=minutes) if minutes else None


def _initial(one: WordFilter) -> dict[str, Any]:
    keywords = list(one.keywords.order_by("pk"))
    return {
        "title": one.title,
        "words": "\n".join(keyword.phrase for keyword in keywords if keyword.whole_word),
        "parts": "\n".join(keyword.phrase for keyword in keywords if not keyword.whole_word),
        "action": one.action,
        "contexts": one.contexts,
        "ends": _KEEP if one.expires_at else "ever",
    }
