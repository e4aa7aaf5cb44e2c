"""Asking as people do: at moments of their own, whether or not the server keeps up.

A deed's time runs from the moment it was wanted, so a server that falls behind cannot hide it by being asked
less. Every connection is kept and used again, as browsers do.
"""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from urllib.parse import urlencode

from twitter_clone.loadtest.mix import MIX, OPEN_PAGES, TOTAL, Asked, Cast, Person
from twitter_clone.loadtest.pages import OpenPage, knock, open_pages

_GIVE_UP_SECONDS = 10.0  # for one answer
_MOST_CONNECTIONS = 400
_MOST_WAITING = 4000  # then the server is lost, and asking on would say nothing new


@dataclass(slots=True)
class Ride:
    """What was seen in one stretch: seconds by deed, and what was no good answer."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: dict[str, int] = field(default_factory=dict)
    late_seconds: float = 0.0  # how far the tester itself fell behind, at most
    skipped: int = 0
    open_pages: int = 0  # that listened all the while

    @property
    def count(self) -> int:
        return sum(map(len, self.seconds.values()))

    def note(self, deed: str, seconds: float, trouble: str) -> None:
        self.seconds.setdefault(deed, []).append(seconds)
        if trouble:
            self.errors[trouble] = self.errors.get(trouble, 0) + 1


async def ride(
    port: int,
    live_port: int,
    cast: Cast,
    *,
    active: int,
    seconds: float,
    dice: random.Random,
    begin: Callable[[], object] = lambda: None,
) -> Ride:
    """Let so many active people do what they do for so many seconds; returns when all have their answer.

    OPEN_PAGES of 1,000 look at Home meanwhile and hear what comes. A page refused or lost is an error.
    `begin` is called once they all look: opening them at once is nothing that people do.
    """
    found, line = Ride(), _Line(port)
    pages = await _look(port, live_port, cast, active * OPEN_PAGES // 1000, found)
    begin()
    rate = active * TOTAL / 1000
    weights = [deed.per_thousand for deed in MIX]
    began = perf_counter()
    moment, under_way = began, set[asyncio.Task[None]]()
    try:
        while (moment := moment + dice.expovariate(rate)) < began + seconds:
            pause = moment - perf_counter()
            if pause > 0:
                await asyncio.sleep(pause)
            found.late_seconds = max(found.late_seconds, perf_counter() - moment)
            if len(under_way) >= _MOST_WAITING:
                found.skipped += 1
                continue
            deed = dice.choices(MIX, weights)[0]
            asked, person = deed.ask(dice, cast), dice.choice(cast.people)
            task = asyncio.create_task(_do(line, deed.name, asked, person, moment, found))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        await asyncio.gather(*under_way)
    finally:
        for task in under_way:
            task.cancel()
        line.close()
        _look_away(pages, found)
    return found


async def _look(port: int, live_port: int, cast: Cast, number: int, found: Ride) -> list[OpenPage]:
    host = f"localhost:{port}"
    people = [cast.people[turn % len(cast.people)] for turn in range(number)]
    pages, refused = await open_pages(
        [
            partial(
                knock,
                live_port,
                host,
                "home",
                f"Cookie: {person.cookies}\r\nX-Forwarded-For: {person.address}\r\n",
            )
            for person in people
        ]
    )
    if refused:
        found.errors["open page refused"] = refused
    return pages


def _look_away(pages: Sequence[OpenPage], found: Ride) -> None:
    lost = sum(page.is_lost for page in pages)
    found.open_pages = len(pages) - lost
    if lost:
        found.errors["open page lost"] = lost
    for page in pages:
        page.close()


async def _do(line: "_Line", deed: str, asked: Asked, person: Person, wanted: float, found: Ride) -> None:
    try:
        async with asyncio.timeout(_GIVE_UP_SECONDS):
            status = await line.ask(_request(asked, person, line.port))
    except TimeoutError:
        found.note(deed, perf_counter() - wanted, "no answer")
    except (OSError, asyncio.IncompleteReadError, ValueError):
        found.note(deed, perf_counter() - wanted, "broken line")
    else:
        found.note(deed, perf_counter() - wanted, "" if status < 400 else str(status))


def _request(asked: Asked, person: Person, port: int) -> bytes:
    body = ""
    if asked.form:
        body = f"{asked.form}&{urlencode({'csrfmiddlewaretoken': person.csrf})}"
    head = [
        f"{'POST' if body else 'GET'} {asked.path} HTTP/1.1",
        f"Host: localhost:{port}",
        f"Cookie: {person.cookies}",
        f"X-Forwarded-For: {person.address}",
        "Accept: text/html",
    ]
    if body:
        head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


class _Line:
    """Connections to one server, each with one request at a time."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self._room = asyncio.Semaphore(_MOST_CONNECTIONS)

    async def ask(self, request: bytes) -> int:
        """Send it and read the whole answer; returns its status."""
        async with self._room:
            is_used = bool(self._free)
            reader, writer = self._free.pop() if is_used else await self._open()
            try:
                try:
                    status, stays = await _exchange(reader, writer, request)
                except (OSError, asyncio.IncompleteReadError):
                    if not is_used:
                        raise
                    writer.close()  # the server had closed it while nobody used it
                    reader, writer = await self._open()
                    status, stays = await _exchange(reader, writer, request)
            except BaseException:
                writer.close()
                raise
            if stays:
                self._free.append((reader, writer))
            else:
                writer.close()
            return status

    def close(self) -> None:
        for _, writer in self._free:
            writer.close()
        self._free.clear()

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)


async def _exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
) -> tuple[int, bool]:
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head[9:12])
    length = _length(head)
    if length is None:
        await reader.read()
        return status, False
    if length:
        await reader.readexactly(length)
    return status, b"\r\nconnection: close" not in head


def _length(head: bytes) -> int | None:
    """Of the body; None if only the end of the line tells."""
    _, found, rest = head.partition(b"\r\ncontent-length:")
    return int(rest.split(b"\r\n", 1)[0]) if found else None


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many percent of all do not exceed; 0 of none."""
    ranked = sorted(values)
    return ranked[min(int(len(ranked) * percent / 100), len(ranked) - 1)] if ranked else 0.0
