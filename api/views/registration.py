"""Joining by an app: the app's own token speaks for somebody who has no account yet."""

from collections.abc import Callable
from typing import Any, cast

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError as DjangoInvalid
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from accounts import mails
from accounts.addresses import check_address
from accounts.models import User
from accounts.queries import is_taken
from accounts.usernames import check_form, check_not_reserved
from api.answers import answer
from api.authentication import ApiRequest
from api.described import takes
from api.inputs.fields import Flag, Input, Text
from api.pace import address_of
from clients.actions import save_token
from clients.keys import new_key
from clients.models import App
from clients.queries import Access
from common.errors import Invalid, NotAllowed
from common.languages import known_language
from joining.actions import join, prove_email
from joining.queries import check_email, check_name
from joining.wish import Wish


class _RegistrationInput(Input):
    username = serializers.CharField(max_length=200)
    email = serializers.CharField(max_length=254)
    password = serializers.CharField(max_length=500, trim_whitespace=False)
    agreement = Flag(default=False)
    locale = Text(default="", allow_null=True)
    reason = Text(default="", allow_null=True)
    invite_code = Text(default="", allow_null=True)


@takes(_RegistrationInput)
def register(request: ApiRequest) -> HttpResponse:
    """A new person, and a token for the app that asked. Until the address is confirmed they only read.

    Whether the address belongs to somebody already is said to nobody but its owner, by mail.
    """
    access = cast(Access, request.auth)
    if access.user is not None:
        raise NotAllowed("Only an app by itself can register somebody")
    if settings.API_REGISTRATIONS == "off":
        raise NotAllowed("Registrations by apps are closed")
    if settings.CAPTCHA_QUESTION:  # which apps do not know how to ask
        raise NotAllowed(f"Join at {settings.SITE_URL}/register/, where a question is asked")
    sent = _RegistrationInput.read(request)
    _check(sent)
    person = _join(request, sent)
    _ask_for_proof(person)
    app = App.objects.get(pk=access.app_id)
    key = new_key()
    token = save_token(app, person, key, access.scopes)
    return answer(
        {
            "access_token": key,
            "token_type": "Bearer",
            "scope": token.scopes,
            "created_at": int(token.created_at.timestamp()),
        }
    )


def _join(request: ApiRequest, sent: dict[str, Any]) -> User:
    """By the same policy as the form of the site."""
    wish = Wish(
        username=sent["username"],
        email=sent["email"],
        password=sent["password"],
        address=address_of(request),
        language=known_language(sent["locale"] or "") or "",
        reason=sent["reason"] or "",
        invite=sent["invite_code"] or "",
        waits=settings.API_REGISTRATIONS == "approval",
    )
    try:
        return join(wish)
    except Invalid as error:
        code = {"username": "taken", "reason": "blank"}.get(error.field, "invalid")
        raise ValidationError({error.field or "base": [ErrorDetail(error.message, code)]}) from error


def _check(sent: dict[str, Any]) -> None:
    """All that is wrong at once, as clients show it beside each field."""
    problems: dict[str, list[ErrorDetail]] = {}
    for field, code, check in _CHECKS:
        try:
            check(sent)
        except Invalid as error:
            problems.setdefault(field, []).append(ErrorDetail(error.message, code))
        except DjangoInvalid as error:
            problems.setdefault(field, []).extend(ErrorDetail(one, code) for one in error.messages)
    if problems:
        raise ValidationError(problems)


def _free(sent: dict[str, Any]) -> None:
    if is_taken(sent["username"]):
        raise Invalid("This name is taken. Choose another.")


def _address(sent: dict[str, Any]) -> None:
    sent["email"] = check_address(sent["email"].strip().lower())
    check_email(sent["email"])


def _password(sent: dict[str, Any]) -> None:
    validate_password(sent["password"], User(username=sent["username"], email=sent["email"]))


def _agreed(sent: dict[str, Any]) -> None:
    if not sent["agreement"]:
        raise Invalid("Nobody joins without agreeing to the rules of this server.")


_CHECKS: tuple[tuple[str, str, Callable[[dict[str, Any]], None]], ...] = (
    ("username", "invalid", lambda sent: check_form(sent["username"])),
    ("username", "reserved", lambda sent: check_not_reserved(sent["username"])),
    ("username", "reserved", lambda sent: check_name(sent["username"])),
    ("username", "taken", _free),
    ("email", "invalid", _address),
    ("password", "invalid", _password),
    ("agreement", "accepted", _agreed),
)


def _ask_for_proof(person: User) -> None:
    """By mail, unless whoever runs the server lets people in without."""
    if settings.API_REGISTRATIONS_CONFIRM:
        address = EmailAddress.objects.get(user=person, email=person.email)
        mails.confirm_address.enqueue(address.pk, True)
    else:
        prove_email(person)
