"""Telling workers that jobs were written: a bell on the desk of this machine's worker, or messages to all.

Rung or sent after a commit, it saves the wait for the next look at the table. Nothing depends on it: if
nobody listens, or on another machine, the worker looks every second anyway; and lost messages are sent again.
"""

import contextlib
import os
import select
import socket
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from common.unix_names import short_name
from jobs.models import Job

_NAME = "worker.sock"


def tell(due: Sequence[Job] = ()) -> None:
    """Let workers know that jobs were written, `due` among them at once. Never fails, never waits."""
    if not settings.CELERY_BROKER_URL:
        ring()
    elif due:
        # Named, not imported: Celery takes memory, and most servers have none.
        import_string("jobs.messages.send")([(job.pk, job.queue) for job in due])


def ring() -> None:
    """Tell the worker of this machine, if there is one, that a job was written."""
    if path := _path(settings.DATA_DIR):
        with contextlib.suppress(OSError):
            _hand().sendto(b"1", path)


class Bell:
    """The worker's end: waits for a ring from outside, or from a signal handler of its own."""

    def __init__(self, *, outer: bool = True) -> None:
        """Without `outer` it does not hear of new jobs, only its own rings."""
        self._own_ear, self._own_hand = socket.socketpair()
        self._own_ear.setblocking(False)
        self._own_hand.setblocking(False)
        self._outer = _listen() if outer else None

    def ring(self) -> None:
        """Wake this worker itself; safe in a signal handler."""
        with contextlib.suppress(OSError):  # full of rings, or closed
            self._own_hand.send(b"1")

    def wait(self, seconds: float) -> None:
        """Return on a ring, or after so many seconds."""
        ears = [self._own_ear, *([self._outer] if self._outer else [])]
        for ear in select.select(ears, [], [], seconds)[0]:
            _drain(ear)

    def close(self) -> None:
        """Stop listening. The file stays: the next worker replaces it."""
        for end in (self._own_ear, self._own_hand, self._outer):
            if end is not None:
                end.close()


@cache
def _path(folder: str | Path) -> str:
    return short_name(Path(folder) / _NAME)


@cache
def _hand() -> socket.socket:
    """Any thread may ring with it, and a forked process, too: it keeps nothing."""
    hand = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    hand.setblocking(False)
    return hand


def _listen() -> socket.socket | None:
    path = _path(settings.DATA_DIR)
    if not path:
        return None
    ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
        ear.bind(path)
    except OSError:
        ear.close()
        return None
    ear.setblocking(False)
    return ear


def _drain(ear: socket.socket) -> None:
    with contextlib.suppress(BlockingIOError):
        while ear.recv(64):
            pass
