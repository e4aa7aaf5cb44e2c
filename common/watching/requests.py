"""Every request from its first moment to its answer: its id, what it cost, one line in the log."""

import logging
import re
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from common.watching import meters, reporting
from common.watching.database import watch_connections
from common.watching.tally import Tally, counting, new_id

logger = logging.getLogger("request")

_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_PROBES = {"/healthz", "/readyz", "/metrics"}
_QUIET = {"static", "probe"}  # counted, but not a line each


class Watched:
    """Stands first, so that its time is the whole."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        tally = Tally(_id_of(request))
        request.request_id = tally.request_id  # type: ignore[attr-defined]  # for what is logged after us
        watch_connections()
        with counting(tally):
            response = self.get_response(request)
            response.headers["X-Request-Id"] = tally.request_id
            self._tell(request, response, tally)
        return response

    def _tell(self, request: HttpRequest, response: HttpResponse, tally: Tally) -> None:
        seconds = tally.seconds
        user = asked_user(request)
        view = view_of(request)
        if user is not None and getattr(user, "is_staff", False):
            response.headers["Server-Timing"] = _server_timing(tally, seconds)
        if settings.METRICS_ON:
            meters.count_request(view, response.status_code, seconds, tally)
        reporting.tell_request(view, request.method or "", response.status_code, tally)
        if settings.LOG_REQUESTS and view not in _QUIET:
            facts = {
                "method": request.method,
                "view": view,
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
                "queries": tally.queries,
                "query_ms": round(tally.query_seconds * 1000, 1),
            }
            if user is not None and user.pk:
                facts["user"] = user.pk
            logger.info("%s %s %d", request.method, view, response.status_code, extra={"facts": facts})


def view_of(request: HttpRequest) -> str:
    """A name for what was asked for; never the address, which may hold a secret or be made up."""
    match = request.resolver_match
    if match is not None:
        return match.view_name or "unnamed"
    if request.path_info in _PROBES:
        return "probe"
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "unknown"


def asked_user(request: HttpRequest) -> AbstractBaseUser | None:
    """Who it is, if somebody asked already; we never make a query, or an answer that depends on a cookie."""
    user = request.__dict__.get("user")
    if type(user) is SimpleLazyObject:
        user = request.__dict__.get("_cached_user")
    return user


def _id_of(request: HttpRequest) -> str:
    """That which a proxy of ours gave, else a new one: anyone can write a header."""
    if settings.TRUSTED_PROXIES:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        if _ID.fullmatch(given):
            return str(given)
    return new_id()


def _server_timing(tally: Tally, seconds: float) -> str:
    """For the developer tools of a browser; times are milliseconds."""
    return (
        f'db;dur={tally.query_seconds * 1000:.1f};desc="{tally.queries} queries",'
        f" template;dur={tally.template_seconds * 1000:.1f}, total;dur={seconds * 1000:.1f}"
    )
