"""What the clock takes away or sets right: each chore with a name, words for people, and its last figures.

A chore is a function that takes `dry_run` and returns how many rows it took, mended, or would. It works in
short transactions of its own and may be cut off at any instant.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, wraps

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from jobs import registry
from jobs.actions import write_jobs
from jobs.clock import Every
from jobs.models import ChoreRun, Job


@dataclass(frozen=True, slots=True)
class Chore:
    """`name` is for commands, `what` for people; once in so many seconds the clock calls the function."""

    name: str
    what: str
    seconds: int
    function: Callable[..., int]

    @property
    def turn(self) -> Every:
        return Every(self.seconds, _turn_of(self))


_chores: dict[str, Chore] = {}


def connect(chores: Sequence[Chore]) -> None:
    """Put these in force, instead of the earlier ones; the schedule of the clock has their turns."""
    _chores.clear()
    _chores.update((chore.name, chore) for chore in chores)


def chores() -> list[Chore]:
    """All, in the order of the schedule."""
    return list(_chores.values())


def do(name: str) -> int:
    """Tidy up, and note how much it was. Raises KeyError for a name that no chore has."""
    began = time.monotonic()
    count = _chores[name].function(dry_run=False)
    seconds = round(time.monotonic() - began, 2)
    _note(name, done_at=timezone.now(), went=count, seconds=seconds)
    return count


def look(name: str) -> int:
    """How much there would be to do, which is noted. Changes nothing else. Raises KeyError."""
    count = _chores[name].function(dry_run=True)
    _note(name, looked_at=timezone.now(), would_go=count)
    return count


@task(queue_name="chores")
@registry.outside_transaction
def look_later(name: str) -> None:
    """The same in a worker, for whom a page cannot wait."""
    if name in _chores:
        look(name)


def look_at_all_later() -> int:
    """One job for each chore, but for those that wait already. Returns how many were written."""
    waiting = {args[0] for args in _looking().values_list("args", flat=True) if args}
    path, new = look_later.module_path, [name for name in _chores if name not in waiting]
    write_jobs([Job(task=path, args=[name], queue=look_later.queue_name) for name in new])
    return len(new)


def is_looking() -> bool:
    """Whether some of those jobs are not done yet."""
    return _looking().exists()


def runs() -> dict[str, ChoreRun]:
    """The last figures of each chore that ran. One query."""
    return {run.name: run for run in ChoreRun.objects.all()}


def place_of(name: str) -> str:
    """Where a chore that does some of its work each time goes on; "" from the beginning."""
    return ChoreRun.objects.filter(name=name).values_list("place", flat=True).first() or ""


def keep_place(name: str, place: str) -> None:
    _note(name, place=place)


def _note(name: str, **figures: object) -> None:
    ChoreRun.objects.update_or_create(name=name, defaults=figures)


@cache
def _turn_of(chore: Chore) -> Callable[[], None]:
    """What the clock calls, under the name of the chore's own function."""

    @registry.outside_transaction
    @wraps(chore.function)
    def turn() -> None:
        do(chore.name)

    return turn


def _looking() -> QuerySet[Job]:
    """Those that failed for good keep nobody from looking again."""
    undone = [Job.State.WAITING, Job.State.RUNNING]
    return Job.objects.filter(task=look_later.module_path, state__in=undone)
