"""Passkeys (WebAuthn) between the browser and django-allauth: what is asked of it, and what it answers.

What is asked waits in the session, for one answer.
"""

import json
import struct
from typing import Any, cast

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django import forms

from accounts.models import User
from common.errors import Invalid

_UNKNOWN = "This passkey is not known here. Try another one, or your password."
_FAILED = "The passkey could not be made. Try again."
_SENT_MAX = 30_000  # characters of an answer
# Whatever somebody sends in place of a browser's answer is taken apart by a library that trusts its shape.
_ODD = (
    *(forms.ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError),
    *(OverflowError, RecursionError, AssertionError, struct.error),
)
_PARTS = ("id", "rawId", "type", "response", "clientExtensionResults")


def ask_for_new(user: User) -> str:
    """What a browser needs to make a passkey for this person, as JSON."""
    return json.dumps(auth.begin_registration(user, passwordless=True))


def ask_for_known(user: User | None = None) -> str:
    """The same to use one: of this person, or of whoever owns it."""
    return json.dumps(auth.begin_authentication(user))


def read_new(sent: str) -> dict[str, Any]:
    """The passkey that the browser made, as it is kept. Raises Invalid."""
    try:
        answer = _parts(sent)
        auth.complete_registration(answer)
    except _ODD as error:
        raise Invalid(_FAILED) from error
    return answer


def read_known(sent: str, user: User | None = None) -> Authenticator:
    """The passkey that was used, with its owner: that person, or whoever it belongs to. Raises Invalid."""
    try:
        answer = _parts(sent)
        auth.parse_authentication_response(answer)
        owner = user or cast(User, auth.extract_user_from_response(answer))
        found: Authenticator = auth.complete_authentication(owner, answer)
    except _ODD as error:
        raise Invalid(_UNKNOWN) from error
    return found


def _parts(sent: str) -> dict[str, Any]:
    """The parts that the standard names. Raises ValueError, and what is raised for odd shapes."""
    if len(sent) > _SENT_MAX:
        raise ValueError("too long")
    answer = json.loads(sent)
    return {name: answer[name] for name in _PARTS if name in answer}
