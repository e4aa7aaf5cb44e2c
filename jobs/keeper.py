"""Keeping one child process alive for as long as we live."""

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

from django.conf import settings

logger = logging.getLogger(__name__)

GRACE_SECONDS = 20  # for a child that was told to stop

_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_HEALTHY_SECONDS = 60.0  # a child that lived so long starts again at once


class Keeper:
    """Runs `manage.py …` and starts it again with growing pauses if it dies. `what` is its name for the log.

    The child holds the other end of a pipe to us and stops when it closes, even if we are killed.
    """

    def __init__(self, command: Sequence[str], what: str, **environment: str) -> None:
        """The child's `environment` is ours with this in addition."""
        self._command, self._what, self._environment = command, what, environment
        self._stopping = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name="keeper", daemon=True)

    def start(self) -> None:
        """Start the child and watch over it."""
        self._thread.start()

    def begin_to_stop(self) -> None:
        """Tell the child to stop, and do not wait."""
        self._stopping.set()
        if self._child:
            self._child.terminate()

    def stop(self) -> None:
        """End the child: it may finish what it has in hand, but not for longer than the grace."""
        self.begin_to_stop()
        self._thread.join(GRACE_SECONDS)
        if self._child and self._child.poll() is None:
            self._child.kill()
            self._child.wait()

    def _keep(self) -> None:
        pause = _FIRST_PAUSE_SECONDS
        while not self._stopping.is_set():
            started = time.monotonic()
            self._child = self._start_child()
            if self._stopping.is_set():  # the order to stop came while it was being started
                self._child.terminate()
            code = self._child.wait()
            if self._stopping.is_set():
                return
            healthy = time.monotonic() - started > _HEALTHY_SECONDS
            pause = _FIRST_PAUSE_SECONDS if healthy else min(pause * 2, _LONGEST_PAUSE_SECONDS)
            logger.warning("%s ended (code %s); starting it again in %.1f s.", self._what, code, pause)
            self._stopping.wait(pause)

    def _start_child(self) -> subprocess.Popen[bytes]:
        # A session of its own, or Ctrl+C would reach the child before we could tell it to stop.
        return subprocess.Popen(  # noqa: S603  (our own program)
            [sys.executable, "manage.py", *self._command],
            cwd=settings.BASE_DIR,
            env=os.environ | self._environment,
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
