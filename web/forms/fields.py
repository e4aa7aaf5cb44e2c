"""How our forms look to browsers: the attributes that help people type."""

from django import forms

_ADVICE = "At least 8 characters. A short sentence works well."


def text(
    label: str, *, autocomplete: str, help_text: str = "", max_length: int, **more: object
) -> forms.CharField:
    """A line of text in which nothing is corrected or capitalised."""
    attributes = {"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false"}
    widget = forms.TextInput(attributes)
    return forms.CharField(label=label, help_text=help_text, max_length=max_length, widget=widget)


def email(label: str = "E-mail", help_text: str = "") -> forms.CharField:
    """An address; whether we take it is decided by accounts.addresses."""
    widget = forms.EmailInput({"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"})
    return forms.CharField(label=label, help_text=help_text, max_length=254, widget=widget)


def code(label: str = "Code", help_text: str = "") -> forms.CharField:
    """Digits from an app or from paper, perhaps typed with spaces."""
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    widget = forms.TextInput(attributes)
    return forms.CharField(label=label, help_text=help_text, max_length=40, widget=widget)


def password(label: str = "Password", *, new: bool = False) -> forms.CharField:
    """A password; a new one comes with a word about how to choose it."""
    widget = forms.PasswordInput({"autocomplete": "new-password" if new else "current-password"})
    help_text = _ADVICE if new else ""
    return forms.CharField(label=label, help_text=help_text, max_length=1000, strip=False, widget=widget)
