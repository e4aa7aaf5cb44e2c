"""How much work there is, asked of an index and never of more rows than COUNTED_MOST."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from jobs.models import Job
from jobs.registry import meaning_of

COUNTED_MOST = 100_000  # of one queue and state; with more there are “at least” so many
FAILED_READ = 10_000  # of all failed jobs, to see which tasks fail

# By hand, for the ORM cannot count no further than so many inside of another question.
_COUNT = "(SELECT COUNT(*) FROM (SELECT 1 FROM jobs_job WHERE queue = %s AND state = {} LIMIT %s) AS counted)"
_QUEUE = f"""SELECT CAST(%s AS text),
  {_COUNT.format("'waiting' AND run_at <= %s")}, {_COUNT.format("'waiting' AND run_at > %s")},
  {_COUNT.format("'running'")}, {_COUNT.format("'dead'")},
  (SELECT id FROM jobs_job WHERE queue = %s AND state = 'waiting' AND run_at <= %s ORDER BY run_at LIMIT 1)
"""  # noqa: S608  (our own words)


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
    """All queues, in the order of the settings. Two queries."""
    now, names = timezone.now(), settings.TASKS["default"]["QUEUES"]
    values: list[str | int | datetime] = []
    for name in names:
        values += [name, name, now, COUNTED_MOST, name, now, COUNTED_MOST]
        values += [name, COUNTED_MOST, name, COUNTED_MOST, name, now]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([_QUEUE] * len(names)), values)
        rows = cursor.fetchall()
    since = dict(Job.objects.filter(pk__in=[row[-1] for row in rows]).values_list("pk", "run_at"))
    return [
        Queue(name, due, later, running, failed, int((now - since.get(oldest, now)).total_seconds()))
        for name, due, later, running, failed, oldest in rows
    ]


def failed_tasks() -> list[Failed]:
    """Which tasks have failed jobs, of the FAILED_READ that failed last, the most frequent first."""
    newest = Job.objects.filter(state=Job.State.DEAD).order_by("-run_at", "-id").values("pk")[:FAILED_READ]
    counts = Job.objects.filter(pk__in=newest).order_by().values_list("task").annotate(Count("pk"))
    found = [Failed(task, number, meaning_of(task)) for task, number in counts]
    return sorted(found, key=lambda one: (-one.number, one.task))
