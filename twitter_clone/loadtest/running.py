"""The test from beginning to end: make the network, start the server, ask more and more of it."""

import asyncio
import json
import os
import random
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from twitter_clone.crowd.scratch import Scratch, scratch
from twitter_clone.loadtest import report
from twitter_clone.loadtest.gauges import Gauges
from twitter_clone.loadtest.judging import Step, measured, what_gives_way
from twitter_clone.loadtest.mix import Cast, Person
from twitter_clone.loadtest.riding import ride
from twitter_clone.loadtest.servers import Tested, running

_FOLLOWS, _TWEETS = 30, 10  # for each person of the network
_SIGNED_IN = 1000  # different people who come, at most
_FIRST = 1000  # active people, of the first step
_NARROWER = 3  # steps between the last that was carried and the first that was not
_WARM_UP_SECONDS = 15
_REST_SECONDS, _FEW_JOBS = 120, 5  # between steps, until nothing is left over
_SERVERS = {"run": "bin/run", "gunicorn": "gunicorn, streams and a worker"}
_MOST = 4_000_000  # active people; nobody tests further


@dataclass(frozen=True, slots=True)
class Options:
    """What the host chose. `server` is “run” or “gunicorn”; `postgresql` is empty for SQLite."""

    people: int
    seconds: int
    p95_ms: int
    server: str
    postgresql: str
    web_processes: int


def measure(options: Options, say: Callable[[str], None]) -> dict[str, Any]:
    """All of it. Whatever is made for it is gone at the end, after Ctrl+C too.

    Raises DidNotStart, or RuntimeError with a sentence.
    """
    database = "PostgreSQL" if options.postgresql else "SQLite"
    load_before = round(os.getloadavg()[0], 1)
    if load_before > 0.5 * (os.cpu_count() or 1):
        say(f"This machine is busy with other things (load {load_before}); the figures will be too low.")
    with scratch(database, options.postgresql) as place:
        sizes, cast = _prepare(place, options, say)
        say(f"Starting {_SERVERS[options.server]} on {database} …")
        with running(place, kind=options.server, metrics_token=secrets.token_hex(16)) as tested:
            steps = _Climb(tested, place, cast, options, say).steps()
    gives_way = _gives_way(steps, options)
    chosen = {
        "people": options.people,
        "seconds": options.seconds,
        "p95_ms": options.p95_ms,
        "load_before": load_before,
    }
    return report.figures(
        steps, database=database, server=options.server, sizes=sizes, options=chosen, gives_way=gives_way
    )


class _Climb:
    """Twice as many people in each step until it is too much, then a few steps in between."""

    def __init__(
        self, tested: Tested, place: Scratch, cast: Cast, options: Options, say: Callable[[str], None]
    ) -> None:
        self._tested, self._cast, self._options, self._say = tested, cast, options, say
        self._gauges = Gauges(tested, place)
        self._dice = random.Random(1)  # noqa: S311  (no secret)

    def steps(self) -> list[Step]:
        self._ride(_FIRST, _WARM_UP_SECONDS)  # what is made once for all is not to be counted
        self._let_work_finish()
        found, active = [], _FIRST
        carried, too_many = 0, 0
        while not too_many and active <= _MOST:
            step = self._step(active)
            found.append(step)
            if step.trouble(self._options.p95_ms):
                too_many = active
            else:
                carried, active = active, active * 2
        for _ in range(_NARROWER if carried and too_many else 0):
            self._let_work_finish()
            step = self._step((carried + too_many) // 2)
            found.append(step)
            if step.trouble(self._options.p95_ms):
                too_many = step.active
            else:
                carried = step.active
        return found

    def _step(self, active: int) -> Step:
        step = self._ride(active, self._options.seconds)
        self._say(report.line_of(step, step.trouble(self._options.p95_ms)))
        return step

    def _ride(self, active: int, seconds: float) -> Step:
        seen = asyncio.run(
            ride(
                self._tested.port,
                self._tested.live_port,
                self._cast,
                active=active,
                seconds=seconds,
                dice=self._dice,
                begin=self._gauges.since,
            )
        )
        busy = self._gauges.since()
        waiting = self._gauges.waiting() or (0, 0.0)
        return measured(active, seen, busy, waiting, self._gauges.memory_mb())

    def _let_work_finish(self) -> None:
        """What a step that was too much left over is no burden of the next."""
        end = time.monotonic() + _REST_SECONDS
        while time.monotonic() < end:
            waiting = self._gauges.waiting()
            if waiting is not None and waiting[0] <= _FEW_JOBS:
                return
            time.sleep(1)


def _gives_way(steps: list[Step], options: Options) -> str:
    """What the least of the loads that were too much says."""
    failed = [step for step in steps if step.trouble(options.p95_ms)]
    if not failed:
        return ""
    first = min(failed, key=lambda step: step.active)
    return what_gives_way(first, web_processes=options.web_processes, p95_limit_ms=options.p95_ms)


def _prepare(place: Scratch, options: Options, say: Callable[[str], None]) -> tuple[dict[str, Any], Cast]:
    """Make the network; how large it is, and who appears."""
    people, follows, tweets = options.people, options.people * _FOLLOWS, options.people * _TWEETS
    say(f"Making {people:,} people, {follows:,} follows and {tweets:,} tweets in a database of their own …")
    began = time.monotonic()
    numbers = map(str, (people, follows, tweets, min(people, _SIGNED_IN)))
    found = json.loads(place.run("-m", "twitter_clone.loadtest.preparing", *numbers))
    size = found["sizes"]["database_bytes"] / 1e6
    say(f"  made in {time.monotonic() - began:.0f} s; the database has {size:,.0f} MB.")
    return found["sizes"], _cast(found["cast"])


def _cast(found: dict[str, Any]) -> Cast:
    people = [
        Person(one["cookies"], one["csrf"], f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")
        for number, one in enumerate(found["people"], start=1)
    ]
    tweets = [(handle, an_id) for handle, an_id in found["tweets"]]
    return Cast(people, found["handles"], tweets, found["words"])
