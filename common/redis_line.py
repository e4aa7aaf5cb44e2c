"""How we speak to Redis from the threads that make pages: briefly, and not at all while it is away.

A Redis that is down or hangs would cost every request its timeout. So whoever finds it away keeps all
others of this process from trying for a moment; then one of them looks whether it is back.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

PAUSE_SECONDS = 2.0
_PATIENCE_SECONDS = 0.5  # for one answer, and for a connection


class Away(Exception):
    """Redis does not answer, or did not a moment ago."""


def trouble() -> type[Exception]:
    """What the library raises. Named, not imported: it takes memory, and most servers have no Redis."""
    found: type[Exception] = import_string("redis.exceptions.RedisError")
    return found


def options() -> dict[str, Any]:
    """How connections are made. A line that broke while nobody used it is opened again, once."""
    retry, pause = import_string("redis.retry.Retry"), import_string("redis.backoff.NoBackoff")
    lost = import_string("redis.exceptions.ConnectionError")
    return {
        "socket_connect_timeout": _PATIENCE_SECONDS,
        "socket_timeout": _PATIENCE_SECONDS,
        "retry": retry(pause(), 1, supported_errors=(lost,)),
    }


class Line:
    """What one process knows of its Redis. `when_back` is called before it is used again after an outage."""

    def __init__(self, pause_seconds: float = PAUSE_SECONDS) -> None:
        self._pause_seconds = pause_seconds
        self._lock = threading.Lock()
        self._next_try_at: float | None = None  # none: it answers
        self._when_back: list[Callable[[], object]] = []

    @property
    def is_away(self) -> bool:
        return self._next_try_at is not None

    def when_back(self, act: Callable[[], object]) -> None:
        self._when_back.append(act)

    def ask(self, question: Callable[[], Result]) -> Result:
        """The answer. Raises Away, at once for all but one of those who ask during an outage."""
        was_away = self._begin()
        try:
            if was_away:
                for act in self._when_back:
                    act()
            answer = question()
        except (trouble(), OSError) as error:
            self._is_lost(error)
            raise Away(type(error).__name__) from error
        if was_away:
            self._is_found()
        return answer

    def _begin(self) -> bool:
        """Whether this is the one who looks again after an outage."""
        if not self.is_away:
            return False
        with self._lock:
            now = time.monotonic()
            if self._next_try_at is None:
                return False
            if now < self._next_try_at:
                raise Away("it did not answer a moment ago")
            self._next_try_at = now + self._pause_seconds
            return True

    def _is_lost(self, error: Exception) -> None:
        with self._lock:
            is_news = self._next_try_at is None
            self._next_try_at = time.monotonic() + self._pause_seconds
        if is_news:
            # Its message may hold the address with a password; the kind says enough.
            logger.error("Redis does not answer (%s); going on without.", type(error).__name__)

    def _is_found(self) -> None:
        with self._lock:
            self._next_try_at = None
        logger.warning("Redis answers again.")


line = Line()
