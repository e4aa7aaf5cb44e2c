"""Forms on the way in: joining, logging in, a new password, a new address."""

from typing import Any, cast

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.http import HttpRequest

from accounts.addresses import check_address
from accounts.models import User
from accounts.texts import tidy_line
from common.errors import Invalid
from joining.actions import join
from joining.policies import knows_answer
from joining.queries import check_email
from joining.wish import Wish
from web.adapter import SUSPENDED
from web.forms import fields
from web.forms.language import language_of_browser
from web.forms.traps import TrapsMixin


class RegistrationForm(TrapsMixin, allauth_forms.SignupForm):
    """Says the same whether or not the address has an account: the mail alone makes the difference.

    `wants_reason`: staff look at each request; `invite` is the code somebody came with.
    """

    def __init__(
        self, *args: Any, wants_reason: bool = False, invite: str = "", least_seconds: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.invite, self.least_seconds = invite, least_seconds
        self.fields = {
            "username": fields.text(
                "Username",
                autocomplete="username",
                help_text="Letters, digits and underscores. It cannot be changed later.",
                max_length=settings.USERNAME_MAX_LENGTH,
            ),
            "display_name": forms.CharField(
                label="Name",
                help_text="Any name you like to be called.",
                max_length=settings.DISPLAY_NAME_MAX_LENGTH,
                required=False,
                widget=forms.TextInput({"autocomplete": "name"}),
            ),
            "email": fields.email(help_text="We send one mail there, with a link to follow."),
            "password1": fields.password(new=True),
        }
        if wants_reason:
            self.fields["reason"] = forms.CharField(
                label="Why would you like to join?",
                help_text="The people who run this server read it, and nobody else.",
                max_length=settings.JOIN_REASON_MAX_LENGTH,
                widget=forms.Textarea,
            )
        if settings.CAPTCHA_QUESTION:
            self.fields["captcha"] = fields.text(
                settings.CAPTCHA_QUESTION,
                autocomplete="off",
                help_text="The answer shows that you are no machine.",
                max_length=100,
            )
        self.add_traps()

    def clean_captcha(self) -> str:
        answer: str = self.cleaned_data["captcha"]
        if not knows_answer(answer):
            raise forms.ValidationError(
                "That is not it. If you do not know, ask somebody who is here already."
            )
        return answer

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.check_traps()
        return cast(dict[str, Any], cleaned)

    def clean_display_name(self) -> str:
        return tidy_line(self.cleaned_data["display_name"])

    def clean_email(self) -> str:
        return _checked(self.cleaned_data["email"])

    def save(self, request: HttpRequest) -> User:
        """The new person. Raises Invalid when someone was faster with the name, NotAllowed by the policy."""
        data = self.cleaned_data
        wish = Wish(
            username=data["username"],
            email=data["email"],
            password=data["password1"],
            address=get_adapter().get_client_ip(request),
            display_name=data["display_name"],
            language=language_of_browser(request),
            reason=data.get("reason", ""),
            invite=self.invite,
        )
        return join(wish)


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "login": fields.text("Username or e-mail", autocomplete="username", max_length=254),
            "password": fields.password(),
            "remember": forms.BooleanField(label="Remember me on this device", required=False),
        }

    def _clean_with_password(self, credentials: dict[str, Any]) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super()._clean_with_password(credentials)
        except forms.ValidationError:
            if getattr(self.request, "suspended", False):
                raise forms.ValidationError(SUSPENDED) from None
            raise
        return cleaned


class ResendForm(forms.Form):
    email = fields.email()

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"].strip().lower()
        return address


class PasswordResetForm(ResendForm):
    """Asks the database nothing, so its answer cannot depend on who has an account."""


class NewPasswordForm(allauth_forms.ResetPasswordKeyForm):
    """For those who followed the mailed link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"password1": fields.password("New password", new=True)}

    def clean_password1(self) -> str:
        return _strong(self.cleaned_data["password1"], self.user)


class PasswordChangeForm(allauth_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "oldpassword": fields.password("Present password"),
            "password1": fields.password("New password", new=True),
        }

    def clean_password1(self) -> str:
        return _strong(self.cleaned_data["password1"], self.user)


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"password": fields.password()}


class InviteForm(forms.Form):
    """A link for others."""

    limit = forms.IntegerField(
        label="For how many people", min_value=1, max_value=settings.INVITE_PEOPLE_MAX, initial=1
    )
    days = forms.IntegerField(
        label="For how many days",
        help_text="0: until you end it.",
        min_value=0,
        max_value=settings.INVITE_DAYS_MAX,
        initial=7,
    )
    note = forms.CharField(label="For whom", help_text="A word for yourself.", max_length=100, required=False)


class CodeForm(forms.Form):
    """A code of an app, or a recovery code."""

    code = fields.code()


class AppForm(forms.Form):
    """The first code of an app that is being set up."""

    code = fields.code(help_text="Six digits. The app shows others every half minute.")


class PasskeyForm(forms.Form):
    """A name for a new passkey, and what the browser says of it."""

    name = fields.text(
        "Name",
        autocomplete="off",
        help_text="So that you know it again, as “Phone” or “Blue key”.",
        max_length=settings.PASSKEY_NAME_MAX_LENGTH,
    )
    credential = forms.CharField(widget=forms.HiddenInput, required=False)


class LeaveForm(forms.Form):
    """The password of the person who wants to be deleted."""

    password = fields.password("Your password")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError("This is not your password.")
        return password


class EmailChangeForm(forms.Form):
    email = fields.email("New e-mail", help_text="It counts once you have followed the link we send there.")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        address = _checked(self.cleaned_data["email"])
        if self.user.is_confirmed and address == self.user.email:
            raise forms.ValidationError("This is your address already.")
        return address


def _checked(email: str) -> str:
    try:
        address = check_address(email)
        check_email(address)
        return address
    except Invalid as error:
        raise forms.ValidationError(error.message) from None


def _strong(password: str, user: User) -> str:
    strong: str = get_adapter().clean_password(password, user=user)
    return strong
