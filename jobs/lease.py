"""The row of one job in hand: taking, keeping and finishing it, by SQL written once, for every job needs it.

The ORM takes twenty times as long to write such a statement as a database to do it.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from common.writing import change
from jobs.models import Job

_TAKE = """UPDATE jobs_job SET state = 'running', held_by = %s, lease_until = %s, attempts = %s
  WHERE id = %s AND state = 'waiting' AND attempts = %s"""
_HELD = " WHERE id = %s AND held_by = %s AND attempts = %s AND state = 'running'"
_LOOK = "SELECT id FROM jobs_job" + _HELD  # noqa: S608
_RENEW = "UPDATE jobs_job SET lease_until = %s" + _HELD  # noqa: S608
_FINISH = "DELETE FROM jobs_job" + _HELD  # noqa: S608
_LOCKED = {"postgresql": " FOR UPDATE", "sqlite": ""}  # where nobody else can write meanwhile


def lease_end(moment: datetime) -> datetime:
    """Until when a job taken then is its worker's."""
    return moment + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def take(job: Job, worker: str, now: datetime) -> bool:
    """Make a waiting job the worker's. False when another was faster, which row locks prevent."""
    until, attempts = lease_end(now), job.attempts + 1
    if not change(Job, _TAKE, worker, _adapted(until), attempts, job.pk, job.attempts):
        return False
    job.state, job.held_by, job.lease_until, job.attempts = Job.State.RUNNING, worker, until, attempts
    return True


def still_mine(job: Job) -> bool:
    """Whether the lease is unbroken; inside a transaction PostgreSQL keeps the row for us until its end."""
    database: Any = connection
    return bool(database.ask(_LOOK + _LOCKED[connection.vendor], _held(job)))


def renew_lease(job: Job, now: datetime) -> bool:
    """Hold on to a job that takes long. False when someone else has it by now."""
    return bool(change(Job, _RENEW, _adapted(lease_end(now)), *_held(job)))


def finish_job(job: Job) -> bool:
    """Take the row away. False when the lease was lost, which undoes work that shares our transaction."""
    return bool(change(Job, _FINISH, *_held(job)))


def _held(job: Job) -> tuple[Any, ...]:
    return job.pk, job.held_by, job.attempts


def _adapted(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
