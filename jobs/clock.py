"""Periodic work: one clock for all workers, because what is due next is a row and not a timer.

The first worker that moves a row forward writes the job; the others find it moved.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from jobs import registry
from jobs.actions import write_once
from jobs.models import Clock

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Every:
    """Call the function once in so many seconds, by a job of this queue."""

    seconds: int
    function: Callable[[], object]
    queue: str = "chores"

    @property
    def name(self) -> str:
        """The name by which jobs and clocks know the function."""
        return f"{self.function.__module__}.{self.function.__qualname__}"


_schedule: list[Every] = []


def connect(schedule: Sequence[Every]) -> None:
    """Put this schedule in force, instead of the earlier one."""
    _schedule[:] = schedule
    for every in schedule:
        registry.register(every.name, every.function, outside=registry.wants_outside(every.function))


def tick() -> None:
    """Write the jobs that are due, each once however many workers ask; missed turns are not made up for.

    If the system's clock was set back, a turn that seems too far away is moved near, but not run again.
    """
    now = timezone.now()
    known = {clock.name: clock.next_at for clock in Clock.objects.all()}
    for every in _schedule:
        next_at = known.get(every.name)
        period = timedelta(seconds=every.seconds)
        if next_at is None:
            _start(every, now)
        elif next_at <= now:
            _strike(every, next_at, now + period)
        elif next_at > now + period:
            Clock.objects.filter(name=every.name, next_at=next_at).update(next_at=now + period)


def take_turn(name: str, seconds: float) -> bool:
    """Whether it is for us to do now what one process does for all, once in so many seconds."""
    now = timezone.now()
    period = timedelta(seconds=seconds)
    next_at = Clock.objects.filter(name=name).values_list("next_at", flat=True).first()
    if next_at is None:
        Clock.objects.bulk_create([Clock(name=name, next_at=now)], ignore_conflicts=True)
        next_at = now
    if now < next_at <= now + period:
        return False
    return bool(Clock.objects.filter(name=name, next_at=next_at).update(next_at=now + period))


def last_stroke() -> datetime | None:
    """When a worker moved the clock last, of all periodic work; None if none ever did."""
    next_at = dict(Clock.objects.values_list("name", "next_at"))
    struck = [
        next_at[every.name] - timedelta(seconds=every.seconds) for every in _schedule if every.name in next_at
    ]
    return max(struck, default=None)


def _start(every: Every, now: datetime) -> None:
    """A new server does everything once, soon."""
    Clock.objects.bulk_create([Clock(name=every.name, next_at=now)], ignore_conflicts=True)
    _strike(every, now, now + timedelta(seconds=every.seconds))


def _strike(every: Every, seen: datetime, next_at: datetime) -> None:
    with transaction.atomic():
        if Clock.objects.filter(name=every.name, next_at=seen).update(next_at=next_at):
            write_once(every.name, unique_key=f"clock:{every.name}", queue=every.queue)
