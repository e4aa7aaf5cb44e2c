"""How django-allauth does things in this house: our rules, our mails, our addresses."""

import ipaddress
from collections.abc import Iterable
from typing import Any, ClassVar, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import actions, mails
from accounts.models import User
from accounts.queries import is_taken
from accounts.usernames import check_form, check_not_reserved
from common.errors import Invalid, NotAllowed
from joining.actions import prove_email
from joining.queries import check_name
from web.devices import device_of, remember
from web.sessions import begin_seeing

SUSPENDED = (
    "This account is suspended. If you think that is a mistake, write to the people who run this server."
)
_WRONG = "The name or the password is not right."


class Sessions(DefaultUserSessionsAdapter):
    """Where one is logged in."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        ended = list(sessions)
        super().end_sessions(ended)
        for user_id in {session.user_id for session in ended}:
            actions.tell_sessions(user_id)


class Joining(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _WRONG,
        "email_password_mismatch": _WRONG,
        "incorrect_password": "This is not your password.",
        "enter_current_password": "This is not your present password.",
        "invalid_password_reset": "This link has been used, or is too old.",
    }

    # What people type ------------------------------------------------------------------------------

    def clean_username(self, username: str, shallow: bool = False) -> str:
        try:
            check_form(username)
            check_not_reserved(username)
            check_name(username)
        except Invalid as error:
            raise forms.ValidationError(error.message) from None
        if not shallow and is_taken(username):
            raise forms.ValidationError("This name is taken. Choose another.")
        return username

    def clean_email(self, email: str) -> str:
        return email.strip().lower()

    def is_safe_url(self, url: str | None) -> bool:
        """Only ways within this site, written without a host."""
        return bool(url) and cast(str, url).startswith("/") and url_has_allowed_host_and_scheme(url, None)

    def is_ajax(self, request: HttpRequest) -> bool:
        """No form of this site is answered in JSON."""
        return False

    # Who asks, and how often -----------------------------------------------------------------------

    def get_client_ip(self, request: HttpRequest) -> str:
        """What common.middleware.ClientAddress found; a server behind a Unix socket may find nothing."""
        try:
            return str(ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")))
        except ValueError:
            return actions.FORGOTTEN

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        actions.count_attempt(*_attempt(self.get_client_ip(request), request, credentials))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            actions.attempt_was_right(*_attempt(self.get_client_ip(request), request, credentials))
        return user

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Called when somebody chose a new password by mail."""
        actions.forget_attempts(self.get_client_ip(request), _login_of(credentials))

    def reauthenticate(self, user: User, password: str) -> bool:
        """The view counts the attempts; who asks is known, so nobody has to be looked up."""
        return user.check_password(password)

    # What is written -------------------------------------------------------------------------------

    def set_password(self, user: User, password: str) -> None:
        actions.change_password(user, password)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        user, former = email_address.user, email_address.user.email
        was_confirmed = user.is_confirmed
        try:
            prove_email(user, email_address.email)
        except Invalid as error:
            messages.error(request, error.message)
            return False
        if was_confirmed and former and former != email_address.email:
            mails.email_changed.enqueue(user.pk, former)
        return True

    def pre_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse | None:
        """Before the second step, if there is one."""
        if not user.is_active and not user.is_leaving:
            raise NotAllowed(SUSPENDED)
        return None

    def login(self, request: HttpRequest, user: User) -> None:
        """After the last step: somebody is in."""
        if user.is_leaving:
            actions.stay(user)
            messages.success(request, "Welcome back, your account will not be deleted.")
        is_first_time = user.last_login is None
        super().login(request, user)
        # Who has just proved who they are is not asked for it again by the next page.
        record_authentication(request, user, method="login", reauthenticated=True)
        begin_seeing(request)
        if not is_first_time and not device_of(request).knows(user):
            browser = self.get_http_user_agent(request)[:200]
            moment = f"{timezone.now():%d %B %Y, %H:%M} UTC"
            mails.new_device.enqueue(user.pk, self.get_client_ip(request), browser, moment)

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **how)
        remember(request, response, user)
        return response

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """One page asks for the password, a code or a passkey."""
        if not user.is_authenticated:
            return []
        return [{"id": "reauthenticate", "description": "", "url": reverse("reauthenticate")}]

    def logout(self, request: HttpRequest) -> None:
        user_id = request.user.pk
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        super().logout(request)
        if user_id is not None:
            actions.tell_sessions(user_id)

    # What is mailed --------------------------------------------------------------------------------

    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: EmailConfirmationHMAC, signup: bool
    ) -> None:
        mails.confirm_address.enqueue(emailconfirmation.email_address.pk, signup)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Of the notices that allauth offers we send one; the change of an address has its own (above)."""
        if template_prefix in {"account/email/password_changed", "account/email/password_reset"}:
            browser = self.get_http_user_agent(self.request)[:200]
            mails.password_changed.enqueue(user.pk, self.get_client_ip(self.request), browser)


def _attempt(address: str, request: HttpRequest, credentials: dict[str, Any]) -> tuple[str, str, str]:
    """By what an attempt is counted: address, name, and the device if the name is known on it."""
    login = _login_of(credentials)
    return address, login, device_of(request).known_as(login)


def _login_of(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email") or credentials.get("username") or "")
