"""The socket of an open page: raw ASGI, one connection of the hub. The hub draws, the door says for whom.

The page says where it is and which tweets it shows; all else goes the other way. Nothing is kept for a
client that does not take it: it is sent away, comes again and asks for what it missed by id.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from common.middleware import client_address
from common.paging import whole_id
from common.realtime import tweet as stream_of
from common.realtime.buses import Bus
from common.realtime.hub import Hub
from common.realtime.limits import Bucket, Holders
from common.realtime.sockets import Look, close_socket, read_said, send_text
from common.realtime.subscription import Ended, Subscription
from web.live.asking import on_screen
from web.live.door import VISITOR, LivePages, Public, Word, line
from web.live.identity import session_key_of, viewer_behind
from web.live.news import News, seen_of
from web.live.places import Place, Viewer, place_of, streams_for

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

PATH = "/live"
_MOST_BYTES = 4096  # of one message from a page
_MOST_AT_ONCE, _PER_SECOND = 20, 1.0  # messages from a page
_MOST_WAITING = 64  # messages to a page
_HELLO_SECONDS = 15.0
_SEND_SECONDS = 15.0  # for a client to take one message
_OLDEST_PAGE_SECONDS = 120.0  # what happened longer ago a page has to ask for

SIGNED_OUT, RUDE, TOO_BIG, RESTART, LATER = 4001, 1008, 1009, 1012, 1013
_CODES: dict[Ended | None, int] = {Ended.SLOW: LATER, Ended.LOST: LATER, Ended.RESTART: RESTART}


_SENTENCES = {429: b"Too many open pages. Close some.", 503: b"The database does not answer just now."}


class _Over(Exception):
    """The connection ends, with this code; 0: the page left."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class LiveSocket:
    """An ASGI application for WebSockets whose origin was checked."""

    def __init__(self, hub: Hub, bus: Callable[[], Bus]) -> None:
        self._hub, self._bus = hub, bus
        self._door = LivePages()
        self._addresses, self._people = Holders(), Holders()
        self._knocking: dict[str, Bucket] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()  # websocket.connect
        address = client_address(scope["client"][0] if scope.get("client") else "", scope["headers"])
        if scope["path"] != PATH:
            return await send({"type": "websocket.close", "code": RUDE})
        if not self._may_knock(address) or not self._addresses.enter(address, settings.LIVE_PER_ADDRESS):
            return await _refuse(send)
        try:
            await self._welcome(scope, receive, send)
        finally:
            self._addresses.leave(address)

    async def _welcome(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._hub.start(self._bus())
        session_key = session_key_of(scope["headers"])
        try:
            viewer = await self._hub.ask(viewer_behind, session_key)
        except DatabaseError:
            await _refuse(send, 503)
            return
        if viewer.pk is None:
            await _Page(self._hub, self._door, viewer, session_key).serve(receive, send)
        elif not self._people.enter(viewer.pk, settings.LIVE_PER_PERSON):
            await _refuse(send)
        else:
            try:
                await _Page(self._hub, self._door, viewer, session_key).serve(receive, send)
            finally:
                self._people.leave(viewer.pk)

    def _may_knock(self, address: str) -> bool:
        if len(self._knocking) > settings.LIVE_PER_ADDRESS:
            self._knocking.clear()
        most = settings.LIVE_PER_ADDRESS
        return self._knocking.setdefault(address, Bucket(most, most / 30)).take()


class _Page:
    """One open page."""

    __slots__ = (
        "_bucket",
        "_door",
        "_hub",
        "_look",
        "_place",
        "_session_key",
        "_subscription",
        "_viewer",
        "_watched",
    )

    def __init__(self, hub: Hub, door: LivePages, viewer: Viewer, session_key: str) -> None:
        self._hub, self._door, self._viewer, self._session_key = hub, door, viewer, session_key
        self._bucket = Bucket(_MOST_AT_ONCE, _PER_SECOND)
        self._watched: frozenset[int] = frozenset()
        self._look: Look | None = None

    async def serve(self, receive: Receive, send: Send) -> None:
        """Until one of both sides has enough."""
        await send({"type": "websocket.accept"})
        try:
            async with asyncio.timeout(_HELLO_SECONDS):
                hello = await self._hear(receive)
            self._subscription = await self._subscribe(hello)
        except TimeoutError:
            return await close_socket(send, RUDE)
        except _Over as over:
            return await close_socket(send, over.code)
        except DatabaseError:
            return await close_socket(send, LATER)
        reading = asyncio.create_task(self._read(receive, hello))
        try:
            code = await self._write(send)
            await close_socket(send, reading.result() if reading.done() else code)
        finally:
            reading.cancel()
            self._subscription.end()
            if self._look is not None:
                self._look.end()

    async def _read(self, receive: Receive, hello: dict[str, Any]) -> int:
        """Do what the page says; returns with which code it ends, 0 where the page left."""
        try:
            await self._begin(hello)
            while True:
                await self._watch(await self._hear(receive), look=self._now)
        except _Over as over:
            return over.code
        except DatabaseError:
            return LATER
        finally:
            self._subscription.end()

    async def _hear(self, receive: Receive) -> dict[str, Any]:
        """The next message of the page. Raises _Over when it left, and for what no page of ours sends."""
        message = await receive()
        if message["type"] == "websocket.disconnect":
            raise _Over(0)
        text = message.get("text") or ""
        if len(text) > _MOST_BYTES:
            raise _Over(TOO_BIG)
        if not self._bucket.take():
            raise _Over(RUDE)
        said = read_said(text)
        if said is None:
            raise _Over(RUDE)
        return said

    async def _subscribe(self, hello: dict[str, Any]) -> Subscription:
        place: Place = await self._hub.ask(place_of, self._viewer, str(hello.get("place", "")))
        self._place = place.name
        public = Public(self._viewer.pk or VISITOR, place.name)
        streams = streams_for(self._viewer, place)
        return self._hub.subscribe(self._door, public, streams, most=_MOST_WAITING)

    async def _begin(self, hello: dict[str, Any]) -> None:
        """What happened since the page was drawn; or the advice to ask for it."""
        await self._watch(hello, look=self._left)
        age = hello.get("age")
        is_young = isinstance(age, int | float) and 0 <= age <= _OLDEST_PAGE_SECONDS
        has_all = is_young and await self._hub.replay(self._subscription, float(age or 0))
        self._subscription.put_all([line({"ready": has_all})])
        if self._viewer.pk is not None:
            self._look = Look(self._subscription, Word.LOOK)

    async def _watch(self, said: dict[str, Any], *, look: Callable[[set[int]], News]) -> None:
        """Tell of these tweets, as far as they may be seen, and of no others any more.

        What happened to them before we listened is told at once.
        """
        told = said.get("tweets")
        if not isinstance(told, list):
            return
        wanted = {an_id for text in told[: settings.LIVE_MOST_WATCHED] if (an_id := whole_id(str(text)))}
        new = wanted - self._watched
        self._hub.listen(self._subscription, map(stream_of, new))
        news = await self._hub.ask(look, new) if new else {}
        gone = {int(an_id) for an_id in news.get("gone", ())}
        self._hub.unlisten(self._subscription, map(stream_of, (self._watched - wanted) | gone))
        self._watched = frozenset(wanted - gone)
        if news := {word: what for word, what in news.items() if what}:
            self._subscription.put_all([line(news)])

    def _left(self, tweet_ids: set[int]) -> News:
        """Of a page that was just drawn, what is to be seen no more; all else is replayed, or asked for."""
        return {"gone": sorted(map(str, tweet_ids - seen_of(self._viewer, tweet_ids)))}

    def _now(self, tweet_ids: set[int]) -> News:
        """How tweets are that came back to the screen, or stand there newly."""
        return on_screen(self._viewer, place_of(self._viewer, self._place), sorted(tweet_ids))

    async def _write(self, send: Send) -> int:
        """Send what comes; returns with which code it ends."""
        try:
            async for message in self._subscription:
                if message is not Word.LOOK:
                    async with asyncio.timeout(_SEND_SECONDS):
                        await send_text(send, message)
                elif await self._is_still_signed_in():
                    if self._look is not None:
                        self._look.later()
                else:
                    return SIGNED_OUT
        except (TimeoutError, DatabaseError):  # the line is stuck; nobody knows whose session it is
            return LATER
        except OSError:  # the client is gone
            return 0
        return _CODES.get(self._subscription.ended, 0)

    async def _is_still_signed_in(self) -> bool:
        viewer = await self._hub.ask(viewer_behind, self._session_key)
        if viewer.pk != self._viewer.pk:
            return False
        self._viewer = viewer
        return True


async def _refuse(send: Send, status: int = 429) -> None:
    headers = [(b"retry-after", b"60"), (b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": _SENTENCES[status]})
