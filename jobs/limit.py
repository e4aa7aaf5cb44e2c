"""No job may take for ever: a process whose job is over the limit notes it and ends at once.

A job that hangs cannot be called back from outside: it may sit in a system call, or in somebody's loop that
swallows every exception. The process is replaced by whoever keeps it; what it had in hand is done again.
"""

import contextlib
import logging
import os
import threading
import time
from collections.abc import Iterator

from django.conf import settings
from django.db import Error as DatabaseTrouble

from jobs import actions
from jobs.models import Job

logger = logging.getLogger(__name__)

EXIT_CODE = 70  # of a process that ended itself: EX_SOFTWARE

_LOOK_SECONDS = 1.0
_NOTE_SECONDS = 5.0  # for the rows: the database may be what hangs


class _Watch:
    """One for each process: what it has in hand, and since when."""

    def __init__(self) -> None:
        self.forget()
        os.register_at_fork(after_in_child=self.forget)  # threads do not survive a fork

    def forget(self) -> None:
        self._in_hand: dict[int, tuple[float, Job]] = {}
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def begin(self, job: Job) -> None:
        self._in_hand[job.pk] = (time.monotonic() + settings.JOB_LONGEST_SECONDS, job)
        if self._thread is None:
            self._start()

    def end(self, job: Job) -> None:
        self._in_hand.pop(job.pk, None)

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="limit", daemon=True)
                self._thread.start()

    def _look(self) -> None:
        while True:
            time.sleep(_LOOK_SECONDS)
            now = time.monotonic()
            for end, job in list(self._in_hand.values()):
                if now > end:
                    _end_process(job)


_watch = _Watch()


@contextlib.contextmanager
def limited(job: Job) -> Iterator[None]:
    """End this process if the block takes longer than JOB_LONGEST_SECONDS."""
    _watch.begin(job)
    try:
        yield
    finally:
        _watch.end(job)


def _end_process(job: Job) -> None:
    limit = settings.JOB_LONGEST_SECONDS
    logger.critical("Job %s (%s) has taken more than %d s; its worker ends itself.", job.pk, job.task, limit)
    noting = threading.Thread(target=_note, args=(job, f"It took more than {limit} s."), daemon=True)
    noting.start()
    # While the job holds its row locked nothing can be noted; then the next worker finds ours gone.
    noting.join(_NOTE_SECONDS)
    os._exit(EXIT_CODE)


def _note(job: Job, error: str) -> None:
    with contextlib.suppress(DatabaseTrouble):
        actions.fail_job(job, error)
        actions.give_back(job.held_by)
