"""`bin/bench api`: CPU of all server processes, the database's included, for one request of an app.

bin/run has one core, the one who asks the other; everything is asked over one kept connection. CPU is read
from the operating system's accounting before a stretch and after it, when no work waits any more; of three
stretches the middle one counts.
"""

import itertools
import json
import os
import secrets
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

from bench.race.page import PEERS
from bench.scratch import databases, scratch
from twitter_clone.crowd.scratch import Scratch
from twitter_clone.loadtest.gauges import Gauges
from twitter_clone.loadtest.servers import Tested, running

Figures = dict[str, Any]
Tell = Callable[[str, Figures], None]

_STRETCHES, _WARM_UP = 3, 150
_READS, _WRITES = 500, 600
_LIMIT = 20
_NOT_YET_DUE_SECONDS = 2  # until a worker has looked
_PATIENCE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Request:
    """One line of what an app sends; `form` makes it a POST."""

    path: str
    token: str
    form: Any = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """`name` as `page.PEERS` has it."""

    name: str
    number: int
    requests: Iterator[Request]


def measure(tell: Tell) -> Figures:
    """Every scenario on every database that there is."""
    found: Figures = {}
    for database in databases():
        with scratch(database) as place:
            place.prepare()
            cast = json.loads(place.run("-m", "bench.race.network"))
            found[database] = _measured(place, cast, tell)
    return found


def _measured(place: Scratch, cast: Figures, tell: Tell) -> Figures:
    ours = os.sched_getaffinity(0)
    found: Figures = {}
    _keep_to({min(ours)})  # what is started now stays there
    try:
        with running(place, kind="run", metrics_token=secrets.token_hex(16)) as tested:
            _keep_to({max(ours)})
            race = _Race(tested, place)
            race.rest()  # what the making of the network left to do
            for scenario in _scenarios(cast):
                found[scenario.name] = figures = race.run(scenario)
                tell(f"{place.database}: {scenario.name}", {**figures, "must_ms": PEERS[scenario.name][2]})
    finally:
        _keep_to(ours)
    return found


class _Race:
    """One connection to the server under test, and the meters beside it."""

    def __init__(self, tested: Tested, place: Scratch) -> None:
        self._gauges = Gauges(tested, place)
        self._port = tested.port
        self._connection = HTTPConnection("127.0.0.1", tested.port, timeout=60)

    def run(self, scenario: Scenario) -> Figures:
        is_writing = scenario.number == _WRITES
        rows = 0
        for request in itertools.islice(scenario.requests, _WARM_UP):
            rows = self._ask(request)
        self.rest()
        spent, clock = [], []
        for _ in range(_STRETCHES):
            self._gauges.since()
            for request in itertools.islice(scenario.requests, scenario.number):
                began = time.perf_counter()
                self._ask(request)
                clock.append((time.perf_counter() - began) * 1000)
            if is_writing:
                self.rest()
            busy = self._gauges.since().seconds
            spent.append(
                {role: cpu * 1000 / scenario.number for role, cpu in busy.items() if role != "tester"}
            )
        middle = sorted(spent, key=lambda one: sum(one.values()))[_STRETCHES // 2]
        return {
            "cpu_ms": round(sum(middle.values()), 2),
            **{f"{role}_ms": round(cpu, 2) for role, cpu in middle.items()},
            "clock_ms": round(statistics.median(clock), 2),
            "rows": rows,
        }

    def _ask(self, request: Request) -> int:
        """How many rows the answer has. Raises RuntimeError for any answer but 200."""
        headers = {"Host": f"localhost:{self._port}", "Authorization": f"Bearer {request.token}"}
        body = None
        if request.form is not None:
            body, headers["Content-Type"] = json.dumps(request.form), "application/json"
        self._connection.request("GET" if body is None else "POST", request.path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{request.path}: {answer.status} {text[:300]!r}")
        said = json.loads(text)
        return len(said) if isinstance(said, list) else 1

    def rest(self) -> None:
        """Until all that was caused is done."""
        time.sleep(_NOT_YET_DUE_SECONDS)
        end = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < end:
            waiting = self._gauges.waiting()
            if waiting and not waiting[0]:
                return
            time.sleep(0.5)
        raise RuntimeError("Work is left over and does not get done.")


def _scenarios(cast: Figures) -> list[Scenario]:
    readers = itertools.cycle(cast["readers"])
    accounts = itertools.cycle(cast["accounts"])
    shown = itertools.cycle(cast["statuses"][:200])
    to_like = iter(cast["statuses"][200:])
    numbers = itertools.count()

    def reading(path: Callable[[], str]) -> Iterator[Request]:
        return (Request(path(), reader) for reader in readers)

    home, public = "/api/v1/timelines/home", "/api/v1/timelines/public"
    deep = f"{home}?limit={_LIMIT}&max_id={cast['deep']}"
    return [
        Scenario("home", _READS, reading(lambda: f"{home}?limit={_LIMIT}")),
        Scenario("home, 18,000 statuses down", _READS, reading(lambda: deep)),
        Scenario("public, local", _READS, reading(lambda: f"{public}?local=true&limit={_LIMIT}")),
        Scenario("one status", _READS, reading(lambda: f"/api/v1/statuses/{next(shown)}")),
        Scenario(
            "an account's statuses",
            _READS,
            reading(lambda: f"/api/v1/accounts/{next(accounts)}/statuses?limit={_LIMIT}"),
        ),
        Scenario("notifications", _READS, reading(lambda: f"/api/v1/notifications?limit={_LIMIT}")),
        Scenario(
            "favourite",
            _WRITES,
            (Request(f"/api/v1/statuses/{an_id}/favourite", cast["readers"][0], {}) for an_id in to_like),
        ),
        Scenario(
            "post, 199 followers",
            _WRITES,
            (
                Request(
                    "/api/v1/statuses", cast["author"], {"status": f"Number {n}, of average length, to all"}
                )
                for n in numbers
            ),
        ),
    ]


def _keep_to(cores: set[int]) -> None:
    os.sched_setaffinity(0, cores)
