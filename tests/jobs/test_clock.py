"""Periodic work comes once per turn, whoever asks and whatever the clock does."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from jobs import clock
from jobs.clock import HOUR, Every
from jobs.models import Clock, Job

pytestmark = pytest.mark.django_db

NAME = f"{__name__}.sweep"


def sweep() -> None:
    """Nothing; only the job counts here."""


@pytest.fixture(autouse=True)
def hourly() -> Iterator[None]:
    before = list(clock._schedule)
    clock.connect([Every(HOUR, sweep)])
    yield
    clock.connect(before)


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def jobs_written() -> int:
    """How many since the last look."""
    count, _ = Job.objects.filter(task=NAME).delete()
    return count


def test_each_turn_writes_one_job(now):
    clock.tick()
    assert jobs_written() == 1
    clock.tick()
    now.shift(timedelta(minutes=59))
    clock.tick()
    assert jobs_written() == 0
    now.shift(timedelta(minutes=1))
    clock.tick()
    clock.tick()
    assert jobs_written() == 1


def test_two_who_saw_the_same_turn_write_one_job(now):
    clock.tick()
    seen = Clock.objects.get().next_at
    jobs_written()
    now.shift(timedelta(hours=1))
    for _ in range(2):
        clock._strike(Every(HOUR, sweep), seen, timezone.now() + timedelta(hours=1))
    assert jobs_written() == 1


def test_missed_turns_are_not_made_up_for(now):
    clock.tick()
    jobs_written()
    now.shift(timedelta(days=3))
    clock.tick()
    clock.tick()
    assert jobs_written() == 1


def test_a_job_still_waiting_is_not_written_twice(now):
    clock.tick()
    now.shift(timedelta(hours=2))
    clock.tick()
    assert jobs_written() == 1


def test_a_clock_ahead_by_a_day_and_back_runs_nothing_twice_and_skips_at_most_a_turn(now):
    clock.tick()
    now.shift(timedelta(days=1))
    clock.tick()
    assert jobs_written() == 1
    now.shift(timedelta(days=-1))
    clock.tick()
    assert jobs_written() == 0
    now.shift(timedelta(hours=1))
    clock.tick()
    assert jobs_written() == 1


def test_a_clock_back_by_an_hour_runs_nothing_twice(now):
    clock.tick()
    jobs_written()
    now.shift(timedelta(hours=-1))
    clock.tick()
    assert jobs_written() == 0
