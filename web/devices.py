"""Devices on which people have signed in before: a signed cookie of the browser, and nothing on the server.

It holds a random name of the device and marks of the people who signed in on it. A sign-in without one's mark
is told by mail; with it, one's tries of a password are counted apart from those of all others.
"""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from accounts.models import User

_SALT = "web.devices"
_MARK_LENGTH = 16  # characters


@dataclass(frozen=True, slots=True)
class Device:
    """`name` is empty for one where nobody has signed in yet; `marks` of who did, the latest first."""

    name: str = ""
    marks: list[str] = field(default_factory=list)

    def known_as(self, login: str) -> str:
        """The name of the device, if whoever is meant by that name or address has signed in on it."""
        return self.name if _mark(login) in self.marks else ""

    def knows(self, user: User) -> bool:
        return _mark(str(user.pk)) in self.marks


def device_of(request: HttpRequest) -> Device:
    """What the cookie says, if it is ours and not older than KNOWN_DEVICE_DAYS."""
    cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    if not cookie:
        return Device()
    try:
        kept = signing.loads(cookie, salt=_SALT, max_age=timedelta(days=settings.KNOWN_DEVICE_DAYS))
    except signing.BadSignature:
        return Device()
    return Device(kept["name"], kept["marks"])


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """The person has proved on this device who they are."""
    device = device_of(request)
    own = [_mark(str(user.pk)), _mark(user.username), _mark(user.email or str(user.pk))]
    others = [mark for mark in device.marks if mark not in own]
    marks = (own + others)[: len(own) * settings.KNOWN_DEVICE_PEOPLE]
    kept = {"name": device.name or secrets.token_urlsafe(12), "marks": marks}
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(kept, salt=_SALT),
        max_age=timedelta(days=settings.KNOWN_DEVICE_DAYS),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _mark(of: str) -> str:
    """Says nothing to whoever looks into the cookies of a device that others use, too."""
    return salted_hmac(_SALT, of.strip().removeprefix("@").lower()).hexdigest()[:_MARK_LENGTH]
