"""Whether what was put off is done, and whether all processes have the same cache."""

import socket

from django.conf import settings
from django.utils import timezone

from jobs.clock import last_stroke
from jobs.queries import Queue, failed_tasks, queues
from server.checks.finding import Finding, Visit, bad, good, warning
from server.probes import answered, came_back

PATIENCE_SECONDS = 6.0  # for a worker to take a job: it looks every second
_SILENT_SECONDS = 90  # the clock strikes every 15 where a worker lives
_SLOW_SECONDS, _STUCK_SECONDS = 60, 600  # that the oldest job of a queue is overdue
_IN_MEMORY = "In the memory of the one process that makes pages, which is fine: nobody shares it."
_ALONE_TOGETHER = (
    "SINGLE_PROCESS is on and several processes make pages: each counts who guesses passwords for itself.",
    "Remove SINGLE_PROCESS, which is for bin/run, or set WEB_CONCURRENCY=1.",
)
_START_ONE = "Start a worker: bin/run has one, else bin/worker (docs/running.md)."


def look_at_workers(visit: Visit) -> Finding:
    """A job was written when the doctor came: is it done, and does the clock strike?"""
    probe = answered(visit.probe_id, PATIENCE_SECONDS)
    struck = last_stroke()
    silent = None if struck is None else int((timezone.now() - struck).total_seconds())
    if probe is None:
        if silent is None or silent > _SILENT_SECONDS:
            ago = "ever" if silent is None else f"for {_words(silent)}"
            return bad(f"No worker has been there {ago}: nothing that was put off is done.", _START_ONE)
        return warning(
            f"A worker is there, and did not come to a new job within {PATIENCE_SECONDS:.0f} seconds.",
            "It may have much to do: look at Jobs in the admin, or start another one.",
        )
    if silent is None or silent > _SILENT_SECONDS:
        return bad(
            "A worker does jobs, and none keeps the clock: nothing happens by the hour.",
            "Start bin/worker, which does both; celery alone hears only messages.",
        )
    took = (probe.answered_at - probe.made_at).total_seconds() if probe.answered_at else 0.0
    here = (
        "this machine" if probe.answered_by.startswith(f"{socket.gethostname()[:60]}:") else "another machine"
    )
    return good(f"A worker on {here} did a new job within {took:.1f} seconds, and the clock strikes.")


def look_at_jobs(visit: Visit) -> Finding:
    """Whether jobs pile up, and which of them failed for good."""
    found = queues()
    late = max(found, key=lambda queue: queue.oldest_seconds)
    if late.oldest_seconds > _SLOW_SECONDS:
        said = f"{late.due} jobs of “{late.name}” wait, the oldest for {_words(late.oldest_seconds)}."
        mend = "Start more workers, and look at Jobs in the admin for what takes long."
        return bad(said, mend) if late.oldest_seconds > _STUCK_SECONDS else warning(said, mend)
    failed = sum(queue.failed for queue in found)
    if failed:
        tasks = failed_tasks()
        were = "was" if failed == 1 else "were"
        told = [f"{failed} failed and {were} put aside, most of them {tasks[0].task}."]
        told += [f"{one.number} of {one.task}: {one.meaning}" for one in tasks if one.meaning]
        return warning(
            " ".join(told), "Read why under Jobs in the admin, mend it, and choose “Try again now”."
        )
    return good(f"None is late and none has failed; {_busy(found)} wait for their hour.")


def look_at_cache(visit: Visit) -> Finding:
    """What one process keeps, another one has to find."""
    if settings.SINGLE_PROCESS and not settings.REDIS_URL:
        return bad(*_ALONE_TOGETHER) if visit.is_one_of_several else good(_IN_MEMORY)
    where = "Redis" if settings.REDIS_URL else "the table of the database"
    probe = answered(visit.probe_id, PATIENCE_SECONDS)
    if probe is None:
        return warning(f"It is {where}; no worker was there to compare with.", _START_ONE)
    if probe.is_alone and not visit.client:
        return good(_IN_MEMORY)  # the worker is bin/run's; a command beside it has no part in it
    if probe.found == probe.word and came_back(probe):
        return good(f"It is {where}: a worker found what this process kept, and the other way round.")
    return bad(
        f"It should be {where}, and a worker does not find there what this process keeps.",
        "Give all processes the same REDIS_URL and SITE_URL, and see that Redis runs and has room."
        if settings.REDIS_URL
        else "Give all processes the same DATABASE_URL, and none of them SINGLE_PROCESS.",
    )


def _busy(found: list[Queue]) -> int:
    return sum(queue.later for queue in found)


def _words(seconds: int) -> str:
    return (
        f"{seconds} seconds"
        if seconds < 120
        else f"{seconds // 60} minutes"
        if seconds < 7200
        else f"{seconds // 3600} hours"
    )
