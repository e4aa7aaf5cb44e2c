"""A table that counts what jobs really did, and the tasks that write into it."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from events.bus import Plan
from events.catalogue import Event, TweetPosted
from jobs import registry
from jobs.models import Job
from twitter_clone.switchboard import PLANS

TABLE = "test_effect"


@contextmanager
def effects_table() -> Iterator[None]:
    """No constraint guards this table: whatever happens twice is seen twice."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (number bigint NOT NULL)")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {TABLE}")


def effects() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number FROM {TABLE} ORDER BY number")
        return [number for (number,) in cursor.fetchall()]


def note(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} (number) VALUES (%s)", [number])


def note_slowly(number: int, seconds: float) -> None:
    note(number)
    time.sleep(seconds)


def note_then_fail(number: int) -> None:
    note(number)
    raise ValueError("the secret is 12345")


def note_and_write(number: int) -> None:
    note(number)
    write("note", number + 1)


def die(number: int) -> None:
    os.kill(os.getpid(), 9)


def note_tweet(event: TweetPosted) -> None:
    note(event.tweet_id)


def plans() -> dict[type[Event], Plan]:
    """The house's plans, and one effect for each tweet."""
    return {
        **PLANS,
        TweetPosted: Plan(later=[*PLANS[TweetPosted].later, *PLANS[TweetPosted].delivered, note_tweet]),
    }


def register() -> None:
    registry.register("effects.note", note)
    registry.register("effects.note_slowly", note_slowly)
    registry.register("effects.note_slowly_outside", note_slowly, outside=True)
    registry.register("effects.note_then_fail", note_then_fail)
    registry.register("effects.note_and_write", note_and_write)
    registry.register("effects.die", die)


def write(task: str, *args: object, **fields: object) -> Job:
    return Job.objects.create(task=f"effects.{task}", args=list(args), **fields)
