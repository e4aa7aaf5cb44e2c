"""Carrying small things away from whoever sends them: in a thread of its own, many at once, never for long.

For hints that may get lost: live updates, and messages that a job waits.
"""

import atexit
import contextlib
import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

logger = logging.getLogger(__name__)

Thing = TypeVar("Thing")
Carried_contra = TypeVar("Carried_contra", contravariant=True)

_MOST_WAITING = 10_000  # things; the oldest make room
_AT_ONCE = 100
_PAUSE_SECONDS = 1.0  # after nobody could be told
_END_SECONDS = 1.0  # for what still waits when the process ends


class Nobody(Exception):
    """Nobody listens, which is no trouble."""


class Unreachable(Exception):
    """Somebody may listen, and cannot be reached."""


class Carrier(Protocol[Carried_contra]):
    """The way to those who are told."""

    def carry(self, things: Sequence[Carried_contra], /) -> None:
        """Bring these there; may take a moment. Raises Nobody or Unreachable."""

    def close(self) -> None:
        """Nothing more is to be carried; called in the thread that carried."""


class Sender(Generic[Thing]):
    """Sends by the carrier that `carrier` gives; asked when there is something to send.

    `what` is how the log names the things.
    """

    def __init__(self, carrier: Callable[[], Carrier[Thing]], what: str) -> None:
        self._carrier, self._what = carrier, what
        self._forget()
        os.register_at_fork(after_in_child=self._forget)  # threads do not survive a fork
        atexit.register(self.finish)

    def send(self, *things: Thing) -> None:
        """Takes microseconds and never fails."""
        self._waiting.extend(things)
        self._bell.set()
        if self._thread is None:
            self._start()

    def finish(self) -> None:
        """Send what still waits, for a moment, and no more; the end of the process calls it."""
        if self._thread is not None:
            self._end.set()
            self._bell.set()
            self._thread.join(_END_SECONDS)

    def _forget(self) -> None:
        self._waiting: deque[Thing] = deque(maxlen=_MOST_WAITING)
        self._bell, self._end = threading.Event(), threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_failing = False

    def _start(self) -> None:
        with self._starting, contextlib.suppress(RuntimeError):  # no threads any more: the process ends
            if self._thread is None:
                thread = threading.Thread(target=self._run, name="sender", daemon=True)
                thread.start()
                self._thread = thread

    def _run(self) -> None:
        while not self._end.is_set():
            self._bell.wait()
            self._bell.clear()
            while self._waiting:
                some = [self._waiting.popleft() for _ in range(min(len(self._waiting), _AT_ONCE))]
                if not self._carried(some):
                    self._waiting.clear()
                    self._end.wait(_PAUSE_SECONDS)
        self._carrier().close()

    def _carried(self, things: Sequence[Thing]) -> bool:
        try:
            self._carrier().carry(things)
        except Nobody:
            return False
        except Unreachable as error:
            if not self._is_failing:
                logger.warning("%s are dropped until the way is free again: %s", self._what, error)
            self._is_failing = True
            return False
        if self._is_failing:
            logger.info("%s get through again.", self._what)
        self._is_failing = False
        return True
