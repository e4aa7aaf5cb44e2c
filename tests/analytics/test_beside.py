"""The thread that writes what was noted: it begins by itself, tries again, and ends when nothing comes."""

import time

import pytest
from django.db import OperationalError

from analytics.actions.beside import Beside
from common import ending


@pytest.fixture
def beside(settings, monkeypatch):
    monkeypatch.setattr(ending, "_last", [])
    settings.STATISTICS_WRITTEN_SECONDS = 0.01
    made = Beside()
    yield made
    rest(made)


def rest(beside):
    beside._woken_at = -1e9
    if beside._thread:
        beside._thread.join(10)
        assert not beside._thread.is_alive()


def until(happened):
    end = time.monotonic() + 10
    while not happened() and time.monotonic() < end:
        time.sleep(0.01)
    assert happened()


def test_it_writes_again_and_again_while_something_comes(beside):
    one, other = [], []
    beside.writes(lambda: one.append(1))
    beside.writes(lambda: other.append(1))
    beside.wake()

    until(lambda: len(one) > 2 and len(other) > 2)


def test_after_a_while_without_anything_it_ends_and_begins_again(beside):
    written = []
    beside.writes(lambda: written.append(1))
    beside.wake()
    until(lambda: written)
    rest(beside)
    written.clear()
    beside.wake()
    until(lambda: written)


def test_what_cannot_be_written_comes_again_and_stops_nothing_else(beside):
    tries, other = [], []

    def away():
        tries.append(1)
        raise OperationalError("password=secret")

    beside.writes(away)
    beside.writes(lambda: other.append(1))
    beside.wake()
    until(lambda: len(tries) > 1 and len(other) > 1)


def test_nothing_runs_where_nobody_wants_it(settings):
    settings.STATISTICS_WRITTEN_SECONDS = 0
    quiet = Beside()
    quiet.wake()

    assert quiet._thread is None


def test_when_the_process_ends_in_order_it_writes_what_waits(beside, settings):
    settings.STATISTICS_WRITTEN_SECONDS = 1
    written = []
    beside.writes(lambda: written.append(1))
    beside.wake()
    assert written == []
    ending.end()
    assert written == [1]
