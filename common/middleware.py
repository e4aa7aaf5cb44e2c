"""What happens to every request before and after its view."""

from collections.abc import Callable, Iterable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Answer = Callable[[HttpRequest], HttpResponse]

_EXEMPT = "_csp_exempt"  # as the library's decorators mark an answer; only a mark that is true is ever set


class FixedHeaders:
    """Headers that are the same on every answer; a view that set one itself keeps its own."""

    HEADERS = {
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Permitted-Cross-Domain-Policies": "none",
    }

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class ContentPolicy:
    """The policy of the settings, written once: the library puts it together anew for every answer.

    What a view wants otherwise for its page, by the library's decorators, the library still writes.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self._policy = build_policy()
        self._library = CSPMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        marks = [name for name in vars(response) if name.startswith("_csp")]
        if marks == [_EXEMPT]:
            return response
        if marks or settings.DEBUG:  # Django's own pages of errors want none
            self._library.process_response(request, response)
        else:
            response.headers.setdefault(HEADER, self._policy)
        return response


class RequestSize:
    """Refuses a body above REQUEST_MAX_BYTES by its announced length, before a byte of it is read."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.REQUEST_MAX_BYTES:
            return render(request, "413.html", status=413)
        return self.get_response(request)


class ClientAddress:
    """Makes REMOTE_ADDR the person's address: the n-th hop from the right, n being TRUSTED_PROXIES.

    Anyone can write X-Forwarded-For; only the entries added by our own proxies are to be believed.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        request.META["REMOTE_ADDR"] = _address(request.META.get("REMOTE_ADDR", ""), forwarded)
        return self.get_response(request)


def client_address(peer: str, headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The same for a connection that is no request: whose it is, by its peer and its headers."""
    lines = [value.decode("latin-1") for name, value in headers if name == b"x-forwarded-for"]
    return _address(peer, ",".join(lines))


def _address(peer: str, forwarded: str) -> str:
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    if not settings.TRUSTED_PROXIES or len(hops) < settings.TRUSTED_PROXIES:
        return peer
    return _without_port(hops[-settings.TRUSTED_PROXIES])


def _without_port(hop: str) -> str:
    """Some proxies write 1.2.3.4:55 or [::1]:55; with the port every connection would be another person."""
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop
