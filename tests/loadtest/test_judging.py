"""What a step of the load test says, and how it is told."""

import os

import pytest

from twitter_clone.loadtest import report
from twitter_clone.loadtest.gauges import Busy
from twitter_clone.loadtest.judging import measured, what_gives_way
from twitter_clone.loadtest.riding import Ride, percentile

CORES = os.cpu_count()


def step(active=1000, seconds=0.1, errors=None, oldest=0.0, late=0.0, **used):
    ride = Ride(
        seconds={"home": [seconds] * 95, "tweet": [seconds] * 5}, errors=errors or {}, late_seconds=late
    )
    spent = {role: cores * 10 for role, cores in used.items() if role != "machine"}
    machine = used.get("machine", sum(used.values())) * 10
    return measured(active, ride, Busy(10.0, machine, spent), (3, oldest), 140.0)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"seconds": 0.3}, "p95 was 300 ms"),
        ({"errors": {"500": 1}}, "1 of 100 requests failed (1 × 500)"),
        ({"oldest": 16.0}, "a job had waited for 16 s"),
        ({"late": 0.6}, "the tester itself came 0.6 s late"),
    ],
)
def test_what_is_too_much(changes, said):
    assert step(**changes).trouble(250) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"web": 0.95}, "the web process (0.95 of 1 core)"),
        ({"web": 0.3, "worker": 0.9}, "the worker (0.90 of 1 core)"),
        ({"web": 0.3, "database": 0.9 * CORES}, "the database ("),
        ({"web": 0.3, "machine": 0.3 + 0.6 * CORES}, "this test itself: other programs took"),
        ({"web": 0.3, "oldest": 20.0}, "the worker: work for later piles up"),
        ({"web": 0.3, "late": 1.0}, "the processor: even the tester"),
        (
            {"web": 0.3},
            "waiting, not working (locks of the database, or the disk); the fullest is the web process",
        ),
    ],
)
def test_what_gives_way_is_what_is_full(found, said):
    assert what_gives_way(step(**found), web_processes=1, p95_limit_ms=250).startswith(said)


def test_several_web_processes_have_more_room():
    if CORES < 2:
        pytest.skip("one core has room for one")
    assert "waiting" in what_gives_way(step(web=0.95), web_processes=2, p95_limit_ms=250)


def test_nearest_values_of_few():
    assert percentile([], 95) == 0
    assert percentile([3.0, 1.0, 2.0], 50) == 2.0
    assert percentile([1.0] * 19 + [9.0], 95) == 9.0


def found(steps, gives_way="the web process (0.95 of 1 core)"):
    options = {"people": 1, "seconds": 10, "p95_ms": 250, "load_before": 0.1}
    return report.figures(
        steps, database="SQLite", server="run", sizes={}, options=options, gives_way=gives_way
    )


def test_the_verdict_is_a_sentence_a_host_understands():
    figures = found(
        [step(1000, web=0.4), step(2000, seconds=0.4, web=0.95), step(1437, web=0.7, worker=0.05)]
    )

    assert report.verdict(figures) == (
        "This machine carries about 1,400 active people at p95 under 250 ms."
        " The first thing to give way is the web process (0.95 of 1 core)."
    )
    assert figures["carries"] == 1437
    assert figures["web_ms_per_request"] == 70.0
    assert figures["worker_ms_per_tweet"] == 100.0


def test_the_verdict_where_nothing_was_carried_and_where_nothing_gave_way():
    assert report.verdict(found([step(250, seconds=0.4)])).startswith(
        "This machine does not carry 250 active people at p95 under 250 ms."
    )
    assert report.verdict(found([step(250)], gives_way="")).startswith(
        "This machine carries at least 250 active people at p95 under 250 ms. Nothing gave way"
    )


def test_two_runs_are_compared_figure_by_figure():
    before, now = found([step(1000, web=0.5)]), found([step(1500, web=0.4)])
    now["database"] = "PostgreSQL"
    lines = [" ".join(line.split()) for line in report.differences(before, now)]

    assert "carries 1,000.00 → 1,500.00 +50%" in lines
    assert "web ms per request 50.00 → 40.00 -20%" in lines
    assert "database differs: SQLite → PostgreSQL" in lines
