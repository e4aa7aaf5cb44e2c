"""Who gets into a view: the two guards that stand in front of pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from common.errors import NotAllowed

View = TypeVar("View", bound=Callable[..., HttpResponse])
_SENTENCE = "Confirm your e-mail address first, then you can tweet."


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


def writer_required(view: View) -> View:
    """Signed in and with a confirmed address; others are sent to where they can mend that."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if cast(User, request.user).may_write:
            return view(request, *args, **kwargs)
        if request.method != "GET":
            raise NotAllowed(_SENTENCE)
        messages.info(request, _SENTENCE)
        return redirect("confirm_email_sent")

    return cast(View, login_required(guarded))
