"""A thread of the process that writes, every STATISTICS_WRITTEN_SECONDS, what was noted in memory."""

import logging
import threading
from collections.abc import Callable
from time import monotonic

from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.db import connections

from common.ending import before_the_end

logger = logging.getLogger(__name__)

_IDLE_SECONDS = 120.0  # after the last note the thread ends, and its connection with it


class Beside:
    """`wake` costs a page nothing once the thread runs. What raises a database error comes again."""

    def __init__(self) -> None:
        self._writes: list[Callable[[], object]] = []
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._woken_at = 0.0

    def writes(self, write: Callable[[], object]) -> None:
        """Call this each time."""
        self._writes.append(write)

    def wake(self) -> None:
        """Something was noted."""
        self._woken_at = monotonic()
        if settings.STATISTICS_WRITTEN_SECONDS and (self._thread is None or not self._thread.is_alive()):
            self._start()

    def write(self) -> None:
        """At once, also at the end of a process. Never fails."""
        for write in self._writes:
            try:
                write()
            except DatabaseTrouble as trouble:
                logger.warning("Statistics could not be written, they wait: %s.", type(trouble).__name__)
                connections.close_all()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None or not self._thread.is_alive():  # a fork leaves threads behind
                if self._thread is None:
                    before_the_end(self.write)
                self._thread = threading.Thread(target=self._run, name="statistics", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        pause = threading.Event()
        try:
            while monotonic() - self._woken_at < _IDLE_SECONDS:
                pause.wait(settings.STATISTICS_WRITTEN_SECONDS)
                self.write()
        finally:
            connections.close_all()  # this thread's own


beside = Beside()
