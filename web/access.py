"""Who gets into a view: the guards that stand in front of pages."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from accounts.policies import refusal
from accounts.roles import Permission
from common.errors import NotAllowed
from joining.queries import waiting_of

View = TypeVar("View", bound=Callable[..., HttpResponse])
_WAITS = "The people who run this server look at your request. You hear of it by mail."


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


def writer_required(view: View) -> View:
    """Signed in and with a confirmed address; others are sent to where they can mend that."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = cast(User, request.user)
        if person.may_write:
            return view(request, *args, **kwargs)
        sentence = _WAITS if waiting_of(person) else refusal(person, "tweet")
        if request.method != "GET":
            raise NotAllowed(sentence)
        messages.info(request, sentence)
        return redirect("settings_measures" if person.is_frozen else "confirm_email_sent")

    return cast(View, login_required(guarded))


def staff_required(permission: Permission) -> Callable[[View], View]:
    """Only for a role that has the permission; for everybody else, visitors too, the page does not exist."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not isinstance(request.user, User) or not request.user.may(permission):
                raise Http404
            return view(request, *args, **kwargs)

        return cast(View, guarded)

    return decorate


def has_proved(request: HttpRequest, *, within_hours: int) -> bool:
    """Whether this session's person has shown a password, a code or a passkey lately, in this session."""
    records = get_authentication_records(request, cast(User, request.user))
    moments = [record["at"] for record in records if record.get("reauthenticated")]
    return time.time() - max(moments, default=0) < within_hours * 60 * 60


def prove_again(request: HttpRequest) -> None:
    """In front of a change that whoever finds an open browser must not make: asks for a password, a code or a
    passkey unless one was shown in the last five minutes, and then goes on with what was sent.
    """
    raise_if_reauthentication_required(request, app="allauth.account")
