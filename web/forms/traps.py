"""What machines do to forms and people do not: fill in what nobody sees, and answer at once."""

import time

from django import forms
from django.conf import settings
from django.core import signing
from django.http import QueryDict

_SALT = "web.traps"
_MACHINE = "This was filled in as machines do it. If you are none, send it once more."
_OLD = "This page lay open for long. Send it once more."


def begun() -> str:
    """When the form was drawn, signed."""
    return signing.dumps(int(time.time()), salt=_SALT)


class TrapsMixin(forms.Form):
    """Two fields more: `homepage`, out of sight and to be left empty, and `begun`. On localhost, where nobody
    joins but whoever tries the server, only the first is looked at.
    """

    least_seconds = 0

    def add_traps(self) -> None:
        hidden = forms.TextInput({"autocomplete": "off", "tabindex": "-1"})
        self.fields["homepage"] = forms.CharField(label="Leave this empty", required=False, widget=hidden)
        self.fields["begun"] = forms.CharField(required=False, initial=begun, widget=forms.HiddenInput)

    def check_traps(self) -> None:
        """Raises ValidationError with a sentence for people who were taken for a machine."""
        if self.cleaned_data.get("homepage"):
            raise forms.ValidationError(_MACHINE)
        if settings.SITE_IS_LOCAL:
            return
        try:
            began = signing.loads(self.cleaned_data.get("begun", ""), salt=_SALT)
        except signing.BadSignature:
            self._begin_anew()
            raise forms.ValidationError(_MACHINE) from None
        if time.time() - began < self.least_seconds:
            raise forms.ValidationError(_MACHINE)
        if time.time() - began > settings.JOIN_FORM_HOURS * 60 * 60:
            self._begin_anew()
            raise forms.ValidationError(_OLD)

    def _begin_anew(self) -> None:
        """The form that is drawn again begins now; else sending it once more would bring the same answer."""
        self.data = {**self.data.dict(), "begun": begun()} if isinstance(self.data, QueryDict) else self.data
