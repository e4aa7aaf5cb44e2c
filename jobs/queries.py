"""How much work there is, asked of an index and never of more rows than COUNTED_MOST."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils import timezone

from jobs.models import Job
from jobs.registry import meaning_of

COUNTED_MOST = 100_000  # of one queue and state; with more there are “at least” so many
FAILED_READ = 10_000  # of all failed jobs, to see which tasks fail


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue in this moment. What is due could be done now; what comes later waits for its hour."""

    name: str
    due: int
    later: int
    running: int
    failed: int
    oldest_seconds: int  # how long the oldest has been due, 0 if nothing is


@dataclass(frozen=True, slots=True)
class Failed:
    """Jobs of one task that were put aside; `meaning` is more to know of that, in a sentence, mostly ""."""

    task: str
    number: int
    meaning: str


def queues() -> list[Queue]:
    """All queues, in the order of the settings."""
    now = timezone.now()
    return [_queue(name, now) for name in settings.TASKS["default"]["QUEUES"]]


def failed_tasks() -> list[Failed]:
    """Which tasks have failed jobs, of the FAILED_READ that failed last, the most frequent first."""
    newest = Job.objects.filter(state=Job.State.DEAD).order_by("-run_at", "-id").values("pk")[:FAILED_READ]
    counts = Job.objects.filter(pk__in=newest).order_by().values_list("task").annotate(Count("pk"))
    found = [Failed(task, number, meaning_of(task)) for task, number in counts]
    return sorted(found, key=lambda one: (-one.number, one.task))


def _queue(name: str, now: datetime) -> Queue:
    jobs = Job.objects.filter(queue=name)
    waiting = jobs.filter(state=Job.State.WAITING)
    due = waiting.filter(run_at__lte=now)
    first = due.order_by("run_at").values_list("run_at", flat=True).first()
    return Queue(
        name=name,
        due=_bounded(due),
        later=_bounded(waiting.filter(run_at__gt=now)),
        running=_bounded(jobs.filter(state=Job.State.RUNNING)),
        failed=_bounded(jobs.filter(state=Job.State.DEAD)),
        oldest_seconds=int((now - first).total_seconds()) if first else 0,
    )


def _bounded(jobs: QuerySet[Job]) -> int:
    return jobs.order_by()[:COUNTED_MOST].count()
