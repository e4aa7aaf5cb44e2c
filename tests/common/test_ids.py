"""Ids that sort by time."""

import threading
from datetime import UTC, datetime

import time_machine

from common import ids
from common.ids import id_at, moment_of, new_id


def test_they_grow_and_fit_into_the_database():
    found = [new_id() for _ in range(5000)]
    assert found == sorted(set(found))
    assert max(found) < 2**63


def test_they_tell_when_they_were_made():
    with time_machine.travel(datetime(2026, 5, 1, 12, tzinfo=UTC), tick=False):
        made = new_id()
    # Earlier tests may have pushed the sequence on; the clock never takes an id back.
    assert moment_of(made) >= datetime(2026, 5, 1, 12, tzinfo=UTC)


def test_a_clock_that_steps_back_never_yields_a_smaller_one():
    before = new_id()
    with time_machine.travel(datetime(2001, 1, 1, tzinfo=UTC)):
        after = [new_id() for _ in range(1000)]
    assert before < after[0]
    assert after == sorted(set(after))


def test_threads_get_different_ones():
    found: list[int] = []

    def take() -> None:
        found.extend([new_id() for _ in range(2000)])

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 8000


def test_neighbouring_processes_differ_in_their_low_bits(monkeypatch):
    numbers = set()
    for process in range(5000, 5256):
        monkeypatch.setattr("os.getpid", lambda process=process: process)
        ids._know_process()
        numbers.add(new_id() & 0xFF)
    monkeypatch.undo()
    ids._know_process()
    assert len(numbers) == 256


def test_a_moment_is_the_smallest_id_of_its_time():
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    assert moment_of(id_at(moment)) == moment
    assert moment_of(id_at(moment) - 1) < moment
