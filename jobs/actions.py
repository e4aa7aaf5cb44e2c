"""The only writers of jobs: writing them down, taking, finishing, trying again, putting aside."""

import contextlib
import logging
import random
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from common.prepared import Prepared
from common.watching.tally import request_id
from common.writing import Inserts
from jobs import lease, registry, wake
from jobs.models import Job

logger = logging.getLogger(__name__)

_FIRST_PAUSE_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 3600.0
_ERROR_KEPT = 4000  # characters, the end of the traceback
_UNKNOWN_PAUSE_SECONDS = 60.0
_CLOCK_SLACK = timedelta(minutes=2)
RETRIED_AT_ONCE = 5_000  # failed jobs of one task, so that nobody waits long for their rows
_SHORT_PAUSE = timedelta(minutes=1)  # what is written down with less was meant for now


def write_jobs(jobs: Sequence[Job]) -> None:
    """Promise these jobs: rows in the caller's transaction; the engine hears after its commit."""
    if not jobs:
        return
    came_from = request_id()
    for job in jobs:
        job.request_id = came_from
    now = timezone.now()
    due = [job for job in jobs if job.run_at <= now]
    if settings.CELERY_BROKER_URL:
        for job in due:
            job.sent_at = now  # a moment early: if it never gets there, it will look lost
    _WRITTEN.write(jobs)
    transaction.on_commit(lambda: wake.tell(due), robust=True)


def write_once(task: str, unique_key: str, queue: str = "default") -> None:
    """Promise a job without arguments, unless one with this key is already waiting or running."""
    Job.objects.bulk_create(
        [Job(task=task, unique_key=unique_key, queue=queue, request_id=request_id())], ignore_conflicts=True
    )
    transaction.on_commit(wake.tell, robust=True)


def claim_job(worker: str, queues: Collection[str] = (), but: Collection[str] = ()) -> Job | None:
    """Take the job that is longest overdue, or None. It is ours for JOB_LEASE_SECONDS.

    `queues` are the only ones looked at, all if there are none; `but` are never. The attempt is counted here,
    so that a job which kills its worker is put aside in the end.
    """
    while True:
        now = timezone.now()
        with _row_locks():
            found = _DUE.instances(Job, moment=now, queues=list(queues) or None, but=list(but) or None)
            job = found[0] if found else None
            if job is None or lease.take(job, worker, now):
                return job


def claim_this_job(worker: str, job_id: int) -> Job | None:
    """Take this one job, for as long as `claim_job` does. None unless it waits and its time has come."""
    now = timezone.now()
    found = _THIS.instances(Job, moment=now, job_id=job_id)
    return found[0] if found and lease.take(found[0], worker, now) else None


def note_sent(job_ids: Sequence[int]) -> None:
    """Messages that these jobs wait are on their way."""
    waiting = Job.objects.filter(pk__in=job_ids, state=Job.State.WAITING)
    waiting.update(sent_at=timezone.now())


def fail_job(job: Job, error: str) -> float | None:
    """Note the error. Returns the pause in seconds until the next try, or None if the job is put aside."""
    row = Job.objects.held_by(job.held_by).filter(pk=job.pk, attempts=job.attempts)
    last_error = error[-_ERROR_KEPT:].replace("\0", "")
    if job.attempts >= settings.JOB_MAX_ATTEMPTS:
        _put_aside(job, row, last_error)
        return None
    pause = pause_after(job.attempts)
    run_at = timezone.now() + timedelta(seconds=pause)
    _let_wait(row, run_at=run_at, last_error=last_error)
    return pause


def postpone_job(job: Job, reason: str) -> None:
    """Try again in a minute without counting this attempt: other code than ours may know the task."""
    row = Job.objects.held_by(job.held_by).filter(pk=job.pk, attempts=job.attempts)
    run_at = timezone.now() + timedelta(seconds=_UNKNOWN_PAUSE_SECONDS)
    _give_back(row, run_at=run_at, last_error=reason)


def give_back(worker: str) -> None:
    """Return whatever this worker has in hand, as if it had never taken it."""
    _give_back(Job.objects.held_by(worker))


def release_abandoned(dead_workers: Collection[str] = ()) -> int:
    """Free the jobs of dead workers and of those that let their lease run out. Returns how many."""
    count = 0
    with _row_locks():
        lost = Job.objects.abandoned(timezone.now())
        if dead_workers:
            lost = lost | Job.objects.filter(state=Job.State.RUNNING, held_by__in=dead_workers)
        for job in _unlocked(lost.order_by("id")):
            fail_job(job, "The worker stopped while it was doing this.")
            count += 1
    return count


def mend_times() -> None:
    """After the clock was set back, free what the wrong time had put into the far future."""
    now = timezone.now()
    waiting = Job.objects.filter(state=Job.State.WAITING)
    at_once = F("created_at") + _SHORT_PAUSE
    meant_at_once = waiting.filter(attempts=0, run_at__lte=at_once, run_at__gt=now + _CLOCK_SLACK)
    meant_at_once.update(run_at=now, created_at=now)
    longest = now + timedelta(seconds=_LONGEST_PAUSE_SECONDS * 2)
    waiting.filter(attempts__gt=0, run_at__gt=longest).update(run_at=now)
    running = Job.objects.filter(state=Job.State.RUNNING)
    too_long = running.filter(lease_until__gt=lease.lease_end(now) + _CLOCK_SLACK)
    too_long.update(lease_until=lease.lease_end(now))


def run_again(jobs: QuerySet[Job]) -> int:
    """Give jobs that were put aside, or wait for their next try, a fresh start. Returns how many."""
    idle = jobs.filter(state__in=[Job.State.DEAD, Job.State.WAITING])
    count = idle.update(state=Job.State.WAITING, attempts=0, run_at=timezone.now(), sent_at=None)
    transaction.on_commit(wake.tell, robust=True)
    return count


def run_failed_again(task: str) -> tuple[int, bool]:
    """Give the failed jobs of this task a fresh start, at most RETRIED_AT_ONCE. Returns how many, and whether
    there are more.
    """
    failed = Job.objects.filter(state=Job.State.DEAD, task=task).order_by("id")
    found = list(failed.values_list("pk", flat=True)[: RETRIED_AT_ONCE + 1])
    return run_again(Job.objects.filter(pk__in=found[:RETRIED_AT_ONCE])), len(found) > RETRIED_AT_ONCE


def pause_after(attempts: int) -> float:
    """Seconds to wait after so many attempts: 1, 4, 16 … up to an hour, a quarter more or less.

    The spread keeps jobs that failed together from coming back together.
    """
    pause: float = min(_FIRST_PAUSE_SECONDS * 4 ** (attempts - 1), _LONGEST_PAUSE_SECONDS)
    return pause * random.uniform(0.75, 1.25)  # noqa: S311  (no secret)


@transaction.atomic
def _put_aside(job: Job, row: QuerySet[Job], last_error: str) -> None:
    """What must go on without the job does so in the same transaction."""
    # The key is set free: one dead run of periodic work must not stop all later ones.
    dead = {"state": Job.State.DEAD, "held_by": "", "lease_until": None, "unique_key": None}
    if row.update(**dead, last_error=last_error):
        _go_on_without(job)


def _go_on_without(job: Job) -> None:
    try:
        known = registry.find(job.task)
        if known.given_up is not None:
            known.given_up(*job.args, **job.kwargs)
    except DatabaseTrouble:
        raise  # it is not put aside either, and tried again
    except registry.UnknownTask:
        pass
    except Exception:
        logger.exception("Job %s was put aside, and what should go on without it failed.", job.pk)


def _give_back(row: QuerySet[Job], **changes: object) -> None:
    _let_wait(row, attempts=F("attempts") - 1, **changes)


def _let_wait(row: QuerySet[Job], **changes: object) -> None:
    row.update(state=Job.State.WAITING, held_by="", lease_until=None, sent_at=None, **changes)


def _row_locks() -> contextlib.AbstractContextManager[object]:
    """A transaction where the database can lock single rows; SQLite instead compares and sets."""
    if connection.features.has_select_for_update_skip_locked:
        return transaction.atomic()
    return contextlib.nullcontext()


def _unlocked(jobs: QuerySet[Job]) -> QuerySet[Job]:
    """These jobs without those that another worker is looking at in this very moment."""
    if connection.features.has_select_for_update_skip_locked:
        return jobs.select_for_update(skip_locked=True)
    return jobs


def _due(moment: datetime, queues: list[str] | None, but: list[str] | None) -> QuerySet[Job]:
    """The one that is longest overdue."""
    due = Job.objects.due(moment).only(*_IN_HAND)
    if queues:
        due = due.filter(queue__in=queues)
    if but:
        due = due.exclude(queue__in=but)
    return _unlocked(due)[:1]


def _this(moment: datetime, job_id: int) -> QuerySet[Job]:
    return Job.objects.due(moment).only(*_IN_HAND).filter(pk=job_id)


# Every job is written down, and asked for; what a worker has to know of it.
_IN_HAND = ("task", "args", "kwargs", "queue", "attempts", "unique_key", "request_id")
_WRITTEN = Inserts(Job)
_DUE, _THIS = Prepared(_due), Prepared(_this)
