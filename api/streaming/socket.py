"""Streams by web socket: several on one line, which the app subscribes to and leaves as it likes."""

import asyncio
import contextlib
from enum import Enum
from typing import Any

from django.db import DatabaseError

from api.answers import encode
from api.streaming.access import Gate, Refused, Scope, Shown, said_in, shown_by
from api.streaming.channels import Channel, channel_of
from api.streaming.door import Line, Streams, Word
from api.streaming.events import MOST_WAITING, Receive, Send, opened, refuse
from clients.queries import Access
from common.errors import Invalid
from common.realtime import account_of
from common.realtime.hub import Hub
from common.realtime.limits import Bucket
from common.realtime.sockets import Look, close_socket, read_said, send_text
from common.realtime.subscription import Ended, Subscription

_MOST_BYTES = 4096  # of one message from a client
_MOST_AT_ONCE, _PER_SECOND = 60, 2.0  # messages from a client: one for each column of its screen
_MOST_CHANNELS = 60  # on one line
_SEND_SECONDS = 15.0  # for a client to take one message
_TOKEN = Channel("")  # on which nothing is told but that the token is to be looked at

ENDED, RUDE, TOO_BIG, RESTART, LATER = 4001, 1008, 1009, 1012, 1013
_CODES: dict[Ended | None, int] = {Ended.SLOW: LATER, Ended.LOST: LATER, Ended.RESTART: RESTART}


class SocketStreams:
    """An ASGI application for web sockets of any origin: no cookie counts here."""

    def __init__(self, hub: Hub, gate: Gate, door: Streams) -> None:
        self._hub, self._gate, self._door = hub, gate, door

    async def __call__(self, scope: Scope, path: str, receive: Receive, send: Send) -> None:
        await receive()  # websocket.connect
        try:
            if path:
                raise Refused(404, "Record not found")
            shown = shown_by(scope)
            async with self._gate.admitted(scope, shown) as access:
                await _Socket(self._hub, self._gate, self._door, access, shown).serve(scope, receive, send)
        except Refused as refused:
            await refuse(send, refused, "websocket.http.response")


class _Socket:
    """One open line."""

    def __init__(self, hub: Hub, gate: Gate, door: Streams, access: Access, shown: Shown) -> None:
        self._hub, self._gate, self._door, self._access, self._shown = hub, gate, door, access, shown
        self._person_id: int = access.user.pk  # type: ignore[union-attr]  # the gate lets nobody else in
        self._bucket = Bucket(_MOST_AT_ONCE, _PER_SECOND)
        self._open: dict[tuple[str, str], tuple[Channel, Subscription]] = {}  # by name, and tag or list
        self._tasks: set[asyncio.Task[None]] = set()
        self._one_at_a_time = asyncio.Lock()
        self._over: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Until one of both sides has enough."""
        self._send = send
        await send({"type": "websocket.accept", "subprotocol": self._shown.subprotocol})
        token = self._follow(_TOKEN, [account_of(self._person_id)])
        look = self._look = Look(token, Word.LOOK)
        self._begin(self._read(scope, receive))
        try:
            code = await self._over
        finally:
            look.end()
            for task in self._tasks:
                task.cancel()
            for subscription in (token, *(known for _, known in self._open.values())):
                subscription.end()
        await close_socket(self._send, code)

    # --- What the app says

    async def _read(self, scope: Scope, receive: Receive) -> None:
        if "stream" in (first := said_in(scope)):
            await self._do({"type": "subscribe", **first})
        while not self._over.done():
            message = await receive()
            if message["type"] == "websocket.disconnect":
                self._end(0)
                return
            text = message.get("text") or ""
            if len(text) > _MOST_BYTES:
                self._end(TOO_BIG)
            elif not self._bucket.take():
                self._end(RUDE)
            else:
                await self._do(_read(text))

    async def _do(self, said: dict[str, Any]) -> None:
        """What is wrong with it is answered; the line stays."""
        try:
            name = said.get("stream")
            first = name[0] if isinstance(name, list) and name else name
            channel = channel_of(first, said.get("tag"), said.get("list"))
            if said.get("type") == "subscribe":
                await self._subscribe(channel)
            elif said.get("type") == "unsubscribe":
                self._unsubscribe(channel)
            else:
                raise Invalid("Unknown message type")
        except Invalid as error:
            await self._say(encode({"error": error.message, "status": 400}).decode())
        except Refused as refused:
            await self._say(encode({"error": refused.sentence, "status": refused.status}).decode())

    async def _subscribe(self, channel: Channel) -> None:
        key = (channel.name, channel.which)
        if key in self._open:
            return
        if len(self._open) >= _MOST_CHANNELS:
            raise Refused(429, "Too many streams on this line")
        streams = await opened(self._hub, self._access, channel)
        self._open[key] = channel, self._follow(channel, streams)

    def _unsubscribe(self, channel: Channel) -> None:
        known = self._open.pop((channel.name, channel.which), None)
        if known is not None:
            known[1].end()

    # --- What the app is told

    def _follow(self, channel: Channel, streams: list[str]) -> Subscription:
        line = Line(self._person_id, channel, is_socket=True)
        subscription = self._hub.subscribe(self._door, line, streams, most=MOST_WAITING)
        self._begin(self._tell(subscription))
        return subscription

    async def _tell(self, subscription: Subscription) -> None:
        async for message in subscription:
            if isinstance(message, str):
                await self._say(message)
            elif isinstance(message, Enum):
                await self._look_at_token()
        if subscription.ended is not Ended.LEFT:
            self._end(_CODES.get(subscription.ended, 0))

    async def _look_at_token(self) -> None:
        """Whatever this token opens no more is told no more."""
        try:
            self._access = await self._gate.access_of(self._shown)
        except Refused as refused:
            self._end(LATER if refused.status == 503 else ENDED)
            return
        for channel, _ in list(self._open.values()):
            with contextlib.suppress(Refused):  # what is there no more says no more
                await opened(self._hub, self._access, channel)
        self._look.later()

    async def _say(self, text: str) -> None:
        async with asyncio.timeout(_SEND_SECONDS), self._one_at_a_time:
            await send_text(self._send, text)

    # --- The end

    def _begin(self, work: Any) -> None:
        task = asyncio.create_task(self._guarded(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guarded(self, work: Any) -> None:
        try:
            await work
        except (TimeoutError, DatabaseError):  # the line is stuck; nobody knows whose token it is
            self._end(LATER)
        except OSError:  # the client is gone
            self._end(0)
        except Exception:
            self._end(LATER)
            raise

    def _end(self, code: int) -> None:
        """With this code; 0 where there is nobody to hear it. Only the first counts."""
        if not self._over.done():
            self._over.set_result(code)


def _read(text: str) -> dict[str, Any]:
    """What makes no sense is an empty message, which is answered as such."""
    return read_said(text) or {}
