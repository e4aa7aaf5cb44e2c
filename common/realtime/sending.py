"""Carrying pushes away from whoever pushed: in a thread of its own, many at once, and never for long."""

import atexit
import contextlib
import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Sequence

from common.realtime.buses import Bus, Nobody, Unreachable
from common.realtime.pushes import Push

logger = logging.getLogger(__name__)

_MOST_WAITING = 10_000  # pushes; the oldest make room
_AT_ONCE = 100
_PAUSE_SECONDS = 1.0  # after nobody could be told
_END_SECONDS = 1.0  # for what still waits when the process ends


class Sender:
    """Sends by the bus that `bus` gives; asked when there is something to send."""

    def __init__(self, bus: Callable[[], Bus]) -> None:
        self._bus = bus
        self._forget()
        os.register_at_fork(after_in_child=self._forget)  # threads do not survive a fork
        atexit.register(self.finish)

    def send(self, push: Push) -> None:
        self._waiting.append(push)
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
        self._waiting: deque[Push] = deque(maxlen=_MOST_WAITING)
        self._bell, self._end = threading.Event(), threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_failing = False

    def _start(self) -> None:
        with self._starting, contextlib.suppress(RuntimeError):  # no threads any more: the process ends
            if self._thread is None:
                thread = threading.Thread(target=self._run, name="pushes", daemon=True)
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
        self._bus().close()

    def _carried(self, pushes: Sequence[Push]) -> bool:
        try:
            self._bus().carry(pushes)
        except Nobody:
            return False
        except Unreachable as error:
            if not self._is_failing:
                logger.warning("Live updates are dropped until the bus answers again: %s", error)
            self._is_failing = True
            return False
        if self._is_failing:
            logger.info("Live updates reach their readers again.")
        self._is_failing = False
        return True
