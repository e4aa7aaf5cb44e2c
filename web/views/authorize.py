"""The page on which a person lets an app in: what it asks, in words, and two buttons.

What follows is between the app and the API (api/views/oauth).
"""

from collections.abc import Sequence
from typing import cast
from urllib.parse import urlencode, urlsplit

from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from clients import protocol, scopes
from clients.protocol import Asked
from clients.redirects import form_target
from common.errors import Invalid
from web.access import has_proved

_WRONG = {
    "invalid_scope": "It asks for rights that it has not registered, or that do not exist here.",
    "invalid_request": "It asks in a way that is incomplete, or that would not keep your answer safe.",
}
_WRONG_KIND = "It asks for another kind of answer than this server gives."

_YES = {"1", "true", "yes", "on", "t"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def authorize(request: HttpRequest) -> HttpResponse:
    """`force_login` asks who one is, whoever is logged in. The question is read anew for the answer."""
    if request.method != "POST" and request.GET.get("force_login", "").lower() in _YES:
        return redirect(f"/login/?{urlencode({'again': 'yes', 'next': _without_force(request)})}")
    return _as_person(request)


@login_required
def _as_person(request: HttpRequest) -> HttpResponse:
    try:
        asked = protocol.read_question(_parameters(request))
    except Invalid as error:
        return render(request, "400.html", {"sentence": error.message}, status=400)
    except protocol.WrongQuestion as wrong:
        return render(request, "web/apps/wrong.html", _wrong(wrong), status=400)
    if request.method == "POST" and "allow" not in request.POST:
        return _refused(request, asked)
    if not has_proved(request, within_hours=settings.OAUTH_PROOF_HOURS):
        raise ReauthenticationRequired  # whoever finds an open browser makes no token that outlives it
    if request.method != "POST":
        return _page(request, asked)
    code = protocol.allow(cast(User, request.user), asked)
    if asked.is_out_of_band:
        return render(request, "web/apps/code.html", {"app": asked.app, "code": code})
    return _sent_to(asked.address(code=code))


def _page(request: HttpRequest, asked: Asked) -> HttpResponse:
    target = "" if asked.is_out_of_band else form_target(asked.redirect_uri)
    context = {
        "app": asked.app,
        "wishes": scopes.in_words(asked.scopes),
        "goes_to": _host_of(asked),
        "somebody_else": f"?{urlencode([*_parameters(request), ('force_login', 'true')])}",
    }
    response = render(request, "web/apps/ask.html", context)
    if target:
        # Browsers hold the answer's redirect, too, against what forms may lead to.
        response._csp_update = {"form-action": [target]}  # type: ignore[attr-defined]
    return response


def _wrong(wrong: protocol.WrongQuestion) -> dict[str, object]:
    return {
        "app": wrong.asked.app,
        "sentence": _WRONG.get(wrong.error, _WRONG_KIND),
        "for_its_makers": " ".join(filter(None, (wrong.error, wrong.description))),
        "address": wrong.address,
        "goes_to": _host_of(wrong.asked),
    }


def _host_of(asked: Asked) -> str:
    """The host where the person goes on, or nothing when it is an app of their own machine."""
    parts = urlsplit(asked.redirect_uri)
    return parts.netloc if parts.scheme in {"http", "https"} else ""


def _refused(request: HttpRequest, asked: Asked) -> HttpResponse:
    if asked.is_out_of_band:
        return redirect("settings_apps")
    denied = {"error": "access_denied", "error_description": "The person refused."}
    return _sent_to(asked.address(**denied))


def _sent_to(address: str) -> HttpResponse:
    """A registered address, of any scheme: Django's own redirects know only those of the web."""
    return HttpResponse(status=302, headers={"Location": address})


def _parameters(request: HttpRequest) -> Sequence[tuple[str, str]]:
    return [(name, value) for name, values in request.GET.lists() for value in values]


def _without_force(request: HttpRequest) -> str:
    kept = [pair for pair in _parameters(request) if pair[0] != "force_login"]
    return f"{request.path}?{urlencode(kept)}"
