"""The form of the first run."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.addresses import check_address
from accounts.models import User
from accounts.usernames import check_form
from common import naming
from common.errors import Invalid
from joining.founding import Purpose
from web.forms import fields


class SetupForm(forms.Form):
    """Checks what can be checked without the code; `found_server` does the rest."""

    code = fields.text(
        "Code",
        autocomplete="one-time-code",
        help_text="The server showed it where it was started. A new start shows a new one.",
        max_length=100,
    )
    site_name = forms.CharField(
        label="Name of the server",
        max_length=naming.MAX_LENGTH,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    purpose = forms.ChoiceField(
        label="Whom is it for?",
        choices=Purpose.choices,
        initial=Purpose.COMMUNITY,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )
    username = fields.text(
        "Your username",
        autocomplete="username",
        help_text="Letters, digits and underscores. It cannot be changed later.",
        max_length=settings.USERNAME_MAX_LENGTH,
    )
    email = fields.email("Your e-mail")
    password = fields.password(new=True)

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"]).removeprefix("@")
        try:
            check_form(username)
        except Invalid as error:
            raise ValidationError(error.message) from None
        return username

    def clean_email(self) -> str:
        try:
            return check_address(self.cleaned_data["email"])
        except Invalid as error:
            raise ValidationError(error.message) from None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("password"):
            try:
                person = User(username=said.get("username", ""), email=said.get("email", ""))
                validate_password(said["password"], person)
            except ValidationError as error:
                self.add_error("password", error)
        return said
