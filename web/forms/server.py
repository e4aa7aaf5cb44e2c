"""The forms of what the server says of itself."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from common import naming
from server.models import Announcement

_DAYS = {"1d": 1, "3d": 3, "7d": 7, "30d": 30}
_ENDS = [
    ("never", "When I end it"),
    ("1d", "After a day"),
    ("3d", "After 3 days"),
    ("7d", "After a week"),
    ("30d", "After 30 days"),
]
_KEEP = "keep"
_MARKDOWN = "Markdown: # headings, - lists, **bold**, *italic*, [words](https://…)."


class AnnouncementForm(forms.Form):
    text = forms.CharField(
        label="What everybody should know",
        help_text=_MARKDOWN,
        max_length=settings.ANNOUNCEMENT_MAX_LENGTH,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Write something."},
    )
    ends = forms.ChoiceField(
        label="Ends", choices=_ENDS, error_messages={"invalid_choice": "Choose one of these ends."}
    )

    def __init__(self, data: Any = None, *, changed: Announcement | None = None) -> None:
        has_end = changed is not None and changed.ends_at is not None
        initial = {"text": changed.text, "ends": _KEEP if has_end else "never"} if changed else None
        super().__init__(data, initial=initial)
        self._ends_already = changed.ends_at if changed else None
        if self._ends_already is not None:
            kept = (_KEEP, f"As it is: {self._ends_already:%-d %b %Y, %H:%M} UTC")
            self.fields["ends"].choices = [kept, *_ENDS]  # type: ignore[attr-defined]

    def ends_at(self) -> datetime | None:
        choice = self.cleaned_data["ends"]
        if choice == _KEEP:
            return self._ends_already
        days = _DAYS.get(choice)
        return timezone.now() + timedelta(days=days) if days else None


class DocumentForm(forms.Form):
    text = forms.CharField(
        label="Text",
        help_text=_MARKDOWN,
        max_length=settings.DOCUMENT_MAX_LENGTH,
        widget=forms.Textarea({"rows": 18}),
        error_messages={"required": "Write something."},
    )


class ServerForm(forms.Form):
    site_name = forms.CharField(
        label="Name",
        help_text="It stands on every page, in mails and in apps.",
        max_length=naming.MAX_LENGTH,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Give it a name."},
    )
