"""Who of this process listens to what: an event is drawn once for all who see the same, and waits for nobody.

A door (the pages, the API) draws events for many publics at a time, in a few threads; a public is whatever
makes two readers see the same. What is drawn goes to every connection of that public, and a connection that
does not take it in time is ended. While one event is drawn the next ones gather, so a busy stream is drawn
less often, not later and later.
"""

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

from django.db import close_old_connections

from common.realtime.buses import Bus
from common.realtime.pushes import Push
from common.realtime.subscription import Ended, Message, Subscription
from common.watching.meters import count_connection

logger = logging.getLogger(__name__)

Found = TypeVar("Found")

_PUBLICS_AT_ONCE = 500
_DELIVERED_AT_ONCE = 500  # then others have their turn
_REST = 3.0  # times as long as drawing took, a stream rests: it never takes more than a quarter of a thread
_LONGEST_REST_SECONDS = 2.0
_MOST_GATHERED = 500  # pushes of one stream; the oldest make room
_REMEMBERED = 2000  # pushes, for those who come a moment after their page was drawn


class Door(Protocol):
    """Whoever turns events into what its connections understand."""

    def draw(
        self, stream: str, pushes: Sequence[Push], publics: Sequence[Hashable]
    ) -> Mapping[Hashable, Sequence[Message]]:
        """What each of these publics is to get; nothing for those who may not know. With the database, in a
        thread; `pushes` in order, `publics` at most a few hundred.
        """


class Hub:
    """One for each process. All but `ask` and `draw` happens in the event loop."""

    def __init__(self, *, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="live")
        self._subscriptions: set[Subscription] = set()
        self._listeners: dict[str, set[Subscription]] = {}
        self._gathered: dict[str, deque[Push]] = {}
        self._drawing: dict[str, asyncio.Task[None]] = {}
        self._remembered: deque[tuple[float, Push]] = deque(maxlen=_REMEMBERED)
        self._well_since: float | None = None
        self._ear: asyncio.Task[None] | None = None

    @property
    def is_well(self) -> bool:
        """Whether pushes arrive here."""
        return self._well_since is not None

    def start(self, bus: Bus) -> None:
        """Begin to listen, in the running loop; a second call changes nothing."""
        if self._ear is None:
            self._ear = asyncio.create_task(bus.listen(self.receive, self._note))

    def stop(self) -> None:
        """End every connection, with the request to come again, and listen no more."""
        if self._ear is not None:
            self._ear.cancel()
        self._end_all(Ended.RESTART)

    def subscribe(self, door: Door, public: Hashable, streams: Iterable[str], *, most: int) -> Subscription:
        """A connection of that public, which holds at most `most` messages until they are taken."""
        subscription = Subscription(door, public, most, self._leave)
        self._subscriptions.add(subscription)
        count_connection(_name_of(door), 1)
        self.listen(subscription, streams)
        if not self.is_well:
            subscription.end(Ended.LOST)
        return subscription

    def listen(self, subscription: Subscription, streams: Iterable[str]) -> None:
        """It hears these streams, too."""
        if subscription.ended is None:
            for stream in streams:
                self._listeners.setdefault(stream, set()).add(subscription)
                subscription.streams.add(stream)

    def unlisten(self, subscription: Subscription, streams: Iterable[str]) -> None:
        """It does not hear these any more."""
        for stream in streams:
            subscription.streams.discard(stream)
            self._drop(stream, subscription)

    def receive(self, push: Push) -> None:
        """An event happened; whoever listens will be told."""
        self._remembered.append((asyncio.get_running_loop().time(), push))
        for stream in push.streams:
            if stream in self._listeners:
                self._gathered.setdefault(stream, deque(maxlen=_MOST_GATHERED)).append(push)
                if stream not in self._drawing:
                    self._drawing[stream] = asyncio.create_task(self._draw(stream))

    async def replay(self, subscription: Subscription, seconds: float) -> bool:
        """Tell this connection what it would have heard in the last so many seconds.

        Returns False, and tells nothing, if we have not listened or remembered for so long.
        """
        since = asyncio.get_running_loop().time() - seconds
        if self._well_since is None or since < self._well_since:
            return False
        if len(self._remembered) == _REMEMBERED and since < self._remembered[0][0]:
            return False
        for stream, pushes in self._missed(subscription, since).items():
            drawn = await self._drawn(subscription.door, stream, pushes, [subscription.public])
            subscription.put_all(drawn.get(subscription.public, ()))
        return True

    async def ask(self, function: Callable[..., Found], *values: object) -> Found:
        """Something from the database, in one of our threads."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, _with_database, function, *values)

    def _missed(self, subscription: Subscription, since: float) -> dict[str, list[Push]]:
        missed: dict[str, list[Push]] = defaultdict(list)
        for moment, push in reversed(self._remembered):
            if moment < since:
                break
            for stream in push.streams:
                if stream in subscription.streams:
                    missed[stream].insert(0, push)
        return missed

    async def _draw(self, stream: str) -> None:
        loop = asyncio.get_running_loop()
        try:
            while pushes := self._gathered.pop(stream, None):
                began = loop.time()
                for door, publics in self._publics_of(stream).items():
                    for start in range(0, len(publics), _PUBLICS_AT_ONCE):
                        part = publics[start : start + _PUBLICS_AT_ONCE]
                        await self._deliver(stream, door, await self._drawn(door, stream, list(pushes), part))
                await asyncio.sleep(min(_REST * (loop.time() - began), _LONGEST_REST_SECONDS))
        finally:
            del self._drawing[stream]

    def _publics_of(self, stream: str) -> dict[Door, list[Hashable]]:
        found: dict[Door, dict[Hashable, None]] = {}
        for subscription in self._listeners.get(stream, ()):
            found.setdefault(subscription.door, {})[subscription.public] = None
        return {door: list(publics) for door, publics in found.items()}

    async def _drawn(
        self, door: Door, stream: str, pushes: Sequence[Push], publics: Sequence[Hashable]
    ) -> Mapping[Hashable, Sequence[Message]]:
        try:
            return await self.ask(door.draw, stream, pushes, publics)
        except Exception:
            logger.exception("Drawing %s failed", stream.partition(":")[0])
            return {}

    async def _deliver(self, stream: str, door: Door, drawn: Mapping[Hashable, Sequence[Message]]) -> None:
        for number, subscription in enumerate(list(self._listeners.get(stream, ())) if drawn else ()):
            if subscription.door is door:
                subscription.put_all(drawn.get(subscription.public, ()))
            if number % _DELIVERED_AT_ONCE == _DELIVERED_AT_ONCE - 1:
                await asyncio.sleep(0)

    def _leave(self, subscription: Subscription) -> None:
        self._subscriptions.discard(subscription)
        count_connection(_name_of(subscription.door), -1)
        for stream in subscription.streams:
            self._drop(stream, subscription)
        subscription.streams.clear()

    def _drop(self, stream: str, subscription: Subscription) -> None:
        listeners = self._listeners.get(stream)
        if listeners is not None:
            listeners.discard(subscription)
            if not listeners:
                del self._listeners[stream]

    def _note(self, is_well: bool) -> None:
        """Pushes arrive from now on, or no longer: then nobody is left waiting in vain."""
        if is_well and self._well_since is None:
            self._well_since = asyncio.get_running_loop().time()
        elif not is_well and self._well_since is not None:
            logger.warning("Live updates do not arrive here; open pages ask by themselves meanwhile.")
            self._well_since = None
            self._remembered.clear()
            self._end_all(Ended.LOST)

    def _end_all(self, reason: Ended) -> None:
        for subscription in list(self._subscriptions):
            subscription.end(reason)


def _name_of(door: Door) -> str:
    """The app it belongs to: web or api."""
    return type(door).__module__.partition(".")[0]


def _with_database(function: Callable[..., Found], *values: object) -> Found:
    """As Django does around a request: no connection is used that is too old or broken."""
    close_old_connections()
    try:
        return function(*values)
    finally:
        close_old_connections()
