"""No job may take for ever: a process whose job is over the limit notes it and ends at once.

One thread of the process looks at what is in hand. It also renews the lease of a job that works outside a
transaction, as long as that lasts.

A job that hangs cannot be called back from outside: it may sit in a system call, or in somebody's loop that
swallows every exception. The process is replaced by whoever keeps it; what it had in hand is done again.
"""

import contextlib
import logging
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.db import connection
from django.utils import timezone

from jobs import actions, lease
from jobs.models import Job

logger = logging.getLogger(__name__)

EXIT_CODE = 70  # of a process that ended itself: EX_SOFTWARE

_LOOK_SECONDS = 1.0
_NOTE_SECONDS = 5.0  # for the rows: the database may be what hangs


@dataclass(slots=True)
class _InHand:
    """A job, when it has taken too long, and when its lease wants to be renewed, if it does at all."""

    job: Job
    ends_at: float
    renewed_at: float | None


class _Watch:
    """One for each process: what it has in hand."""

    def __init__(self) -> None:
        self.forget()
        os.register_at_fork(after_in_child=self.forget)  # threads do not survive a fork

    def forget(self) -> None:
        self._in_hand: dict[int, _InHand] = {}
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def begin(self, job: Job, *, renews: bool) -> None:
        now = time.monotonic()
        renewed_at = now + _renewed_after() if renews else None
        self._in_hand[job.pk] = _InHand(job, now + settings.JOB_LONGEST_SECONDS, renewed_at)
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
            time.sleep(min(_LOOK_SECONDS, _renewed_after() / 2))
            now = time.monotonic()
            for held in list(self._in_hand.values()):
                if now > held.ends_at:
                    _end_process(held.job)
                if held.renewed_at is not None and now > held.renewed_at:
                    held.renewed_at = now + _renewed_after()
                    # Not here: the database may hang, and then nobody would look.
                    threading.Thread(target=_renew, args=(held.job,), name="lease", daemon=True).start()


_watch = _Watch()


@contextlib.contextmanager
def limited(job: Job, *, renews: bool) -> Iterator[None]:
    """End this process if the block takes longer than JOB_LONGEST_SECONDS, and renew the lease of one that
    `renews` it until then.
    """
    _watch.begin(job, renews=renews)
    try:
        yield
    finally:
        _watch.end(job)


def _renewed_after() -> float:
    return settings.JOB_LEASE_SECONDS / 3


def _renew(job: Job) -> None:
    try:
        with contextlib.suppress(DatabaseTrouble):  # the next turn may have more luck
            lease.renew_lease(job, timezone.now())
    finally:
        connection.close()  # this thread's own


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
