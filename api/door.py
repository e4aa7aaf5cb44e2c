"""Requests of apps go straight to their views, past everything that only browsers need."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, set_urlconf

from api import pace
from api.addresses import Addresses
from api.answers import refusal
from api.errors import NOT_FOUND, of_house
from api.routes import ROUTES
from common.errors import TooMany

_URLS = "api.urls"
_PLACES = (
    "/api/",
    "/oauth/token",
    "/oauth/revoke",
    "/oauth/userinfo",
    "/.well-known/oauth-authorization-server",
    "/.well-known/webfinger",
    "/.well-known/host-meta",
    "/.well-known/nodeinfo",
    "/nodeinfo/",
)
_HEALTH = "/health"  # beside /healthz, which is no affair of the API


class Door:
    """Sessions, messages and forms of the web are not touched: no cookie is read, none is set.

    From here on Django's own errors are JSON, too: the handlers of api/urls.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._others = get_response
        self._addresses = Addresses(ROUTES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not (request.path_info.startswith(_PLACES) or request.path_info == _HEALTH):
            return self._others(request)
        set_urlconf(_URLS)  # Django sets its own at the beginning of each request
        request.get_host()  # raises DisallowedHost for a name that is not ours
        response = self._ask(request)
        pace.tell(request, response)
        response._csp_exempt = True  # type: ignore[attr-defined]  # JSON has a short policy of its own
        return response

    def _ask(self, request: HttpRequest) -> HttpResponse:
        try:
            match = self._addresses.find(request.path_info)
        except Resolver404:
            return _counted(request, refusal(404, NOT_FOUND))
        if "\0" in request.path_info:  # nothing is called so, and PostgreSQL refuses to look for it
            return _counted(request, refusal(404, NOT_FOUND))
        if _is_too_large(request):
            return _counted(request, refusal(413, "The request is too large"))
        request.resolver_match = match
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return response


def _counted(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What no view needs to look at counts for the address."""
    try:
        pace.count(request, None)
    except TooMany as error:
        return of_house(error)
    return response


def _is_too_large(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdigit() and int(length) > settings.REQUEST_MAX_BYTES
