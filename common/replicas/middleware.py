"""Sends whoever only looks to a replica, and whoever just wrote to the primary until replicas know of it."""

import hashlib
import logging
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpRequest, HttpResponse

from common.replicas.routing import Reading, reading_from
from common.replicas.watch import watch

logger = logging.getLogger(__name__)

_LOOKING = {"GET", "HEAD"}
_FAILED = 500  # and above


class ReadFromReplicas:
    """Around everything that asks the database. Not used without replicas.

    A replica that breaks is left out at once, and the request begins anew with another, at last with the
    primary: it only looks, so it may.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.REPLICAS:
            raise MiddlewareNotUsed
        self._get_response = get_response
        # A replica that is read knows what happened so long ago; one second more, for rounding.
        self._pinned_seconds = settings.REPLICA_MAX_LAG_SECONDS + 1

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_for_replica, has_written = self._is_for_replica(request), False
        tried: set[str] = set()
        while True:
            alias = watch().pick(tried) if is_for_replica and not has_written else DEFAULT_DB_ALIAS
            with reading_from(alias) as reading:
                response = self._get_response(request)
            has_written = has_written or reading.has_written
            if response.status_code < _FAILED or not _has_broken(reading):
                break
            logger.warning("Reading from %s failed; beginning anew.", alias)
            tried.add(alias)
        if has_written:
            self._pin(request, response)
        return response

    def _is_for_replica(self, request: HttpRequest) -> bool:
        return (
            request.method in _LOOKING
            and not request.path_info.startswith(settings.PRIMARY_PATHS)
            and not self._is_pinned(request)
        )

    def _is_pinned(self, request: HttpRequest) -> bool:
        if token := _token(request):
            return bool(cache.get(token))
        return settings.WROTE_COOKIE_NAME in request.COOKIES

    def _pin(self, request: HttpRequest, response: HttpResponse) -> None:
        """A browser keeps the mark itself, for any process to see; for an app the shared cache does."""
        if token := _token(request):
            cache.set(token, 1, self._pinned_seconds)
            return
        response.set_cookie(
            settings.WROTE_COOKIE_NAME,
            "1",
            max_age=self._pinned_seconds,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _has_broken(reading: Reading) -> bool:
    """Whether the replica is to blame. If it does not even answer now, nobody else is sent there."""
    if reading.alias == DEFAULT_DB_ALIAS:
        return False
    connection = connections[reading.alias]
    if not connection.errors_occurred:
        return False
    if connection.connection is None or not connection.is_usable():
        watch().leave_out(reading.alias)
        connection.close()
    return True


def _token(request: HttpRequest) -> str:
    """A key for whoever brings a token instead of cookies; nothing for browsers."""
    header = request.META.get("HTTP_AUTHORIZATION", "")
    return "wrote:" + hashlib.sha256(header.encode()).hexdigest()[:32] if header else ""
