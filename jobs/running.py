"""Doing one job that has been claimed; every engine comes through here."""

import logging
import traceback

from django.conf import settings
from django.db import transaction

from common import revision
from common.watching import meters
from common.watching.database import watch_connections
from common.watching.tally import Tally, counting
from jobs import actions, lease, registry
from jobs.limit import limited
from jobs.models import Job

logger = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Someone else has this job by now, so what was done for it here is undone."""


def run_claimed(job: Job) -> Exception | None:
    """Do the job, as `_attempt` tells, and say what it cost. Returns the error, None if all went well."""
    watch_connections()
    with counting(Tally(job.request_id, job.pk)) as tally:
        error = _attempt(job)
        outcome = "done" if error is None else "failed"
        meters.count_job(job.queue, outcome, tally.seconds)
        if settings.LOG_REQUESTS:
            _tell(job, outcome, tally)
    return error


def _tell(job: Job, outcome: str, tally: Tally) -> None:
    facts = {
        "task": job.task,
        "queue": job.queue,
        "attempt": job.attempts,
        "ms": round(tally.seconds * 1000, 1),
        "queries": tally.queries,
        "query_ms": round(tally.query_seconds * 1000, 1),
    }
    logger.info("Job %s.", outcome, extra={"facts": facts})


def _attempt(job: Job) -> Exception | None:
    """Do the job and take its row away, or note why not.

    The function and the removal of the row share one transaction: a kill at any instant leaves both or
    neither. A function marked `outside_transaction` runs first and its row goes afterwards.
    A job that takes longer than JOB_LONGEST_SECONDS ends the whole process, see jobs/limit.py.
    Raises a database error when the database cannot even take note.
    """
    try:
        known = registry.find(job.task)
        with limited(job, renews=known.outside_transaction):
            if known.outside_transaction:
                _run_outside(job, known)
            else:
                _run_inside(job, known)
    except registry.UnknownTask as unknown:
        logger.warning("Job %s: nothing here is called %s; trying again in a minute.", job.pk, unknown)
        actions.postpone_job(job, f"Unknown task: {unknown}")
        return unknown
    except LeaseLost as lost:
        logger.warning("Job %s (%s) took too long and belongs to another worker now.", job.pk, job.task)
        return lost
    except (Exception, SystemExit) as error:  # noqa: BLE001  (whatever a task throws is its failure, not ours)
        _note_failure(job, error)
        return error if isinstance(error, Exception) else RuntimeError("The task tried to end the worker.")
    return None


def _run_inside(job: Job, known: registry.Known) -> None:
    """The row goes first: one statement tells that it is ours, keeps others out and finishes it. One with a
    key stays to the end, for whoever promises the same meanwhile would have to wait and see if it goes.
    """
    with transaction.atomic():
        is_ours = lease.still_mine(job) if job.unique_key else lease.finish_job(job)
        if not is_ours:
            raise LeaseLost
        known.function(*job.args, **job.kwargs)
        if job.unique_key and not lease.finish_job(job):
            raise LeaseLost
    revision.bump()


def _run_outside(job: Job, known: registry.Known) -> None:
    known.function(*job.args, **job.kwargs)
    lease.finish_job(job)
    revision.bump()


def _note_failure(job: Job, error: BaseException) -> None:
    """One line for the log, without what the job carried; the whole story goes into the row for staff."""
    pause = actions.fail_job(job, "".join(traceback.format_exception(error)))
    place = traceback.extract_tb(error.__traceback__)[-1]
    logger.warning(
        "Job %s (%s) failed, attempt %d of %d, %s: %s at %s:%s",
        job.pk,
        job.task,
        job.attempts,
        settings.JOB_MAX_ATTEMPTS,
        "put aside" if pause is None else f"next in {pause:.0f} s",
        type(error).__name__,
        place.filename,
        place.lineno,
    )
