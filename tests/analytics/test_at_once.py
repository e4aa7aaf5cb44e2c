"""Several processes write at the same moment: none takes away what another one wrote."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from analytics.actions import active, views
from analytics.models import Kind, LastActive, Retention, Sketch
from analytics.sketch import estimate
from tests.analytics.readers import NOON, shown, visitor
from tests.factories import make_tweet, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("same_estimates", "travel")]
_WRITERS, _EACH = 4, 12


def all_at_once(work):
    """Each in a thread with a connection of its own, as a process has one."""
    ready = threading.Barrier(_WRITERS)

    def run(number):
        ready.wait(10)
        try:
            work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(_WRITERS) as pool:
        for done in [pool.submit(run, number) for number in range(_WRITERS)]:
            done.result(60)


def test_readers_of_all_are_in_the_sketch(alice):
    tweets = [make_tweet(alice) for _ in range(3)]

    def work(number):
        readers = range(number * _EACH, (number + 1) * _EACH)
        entries = [(time.time(), views._reader(visitor(one), None), shown(*tweets)) for one in readers]
        views._write_day(NOON.date(), entries)

    all_at_once(work)

    people = _WRITERS * _EACH
    found = {row.thing: estimate(row.marks) for row in Sketch.objects.filter(kind=Kind.TWEET)}
    assert found == {tweet.pk: pytest.approx(people, abs=5) for tweet in tweets}
    assert Sketch.objects.count() == 4


def test_whoever_is_seen_by_all_counts_once_among_newcomers():
    people = [make_user().pk for _ in range(9)]
    day_number = int(time.time()) // (24 * 3600)

    all_at_once(lambda number: active._write_day(day_number, {(day_number, person) for person in people}))

    assert LastActive.objects.count() == 9
    assert [row.people for row in Retention.objects.all()] == [9]
