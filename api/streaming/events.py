"""Streams by server-sent events: one address for each, under /api/v1/streaming/."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from api.answers import encode
from api.cors import EVERYWHERE
from api.pace import headers_of
from api.streaming.access import Gate, Refused, Scope, Shown, said_in, shown_by
from api.streaming.channels import Channel, channel_of, name_at, open_channel
from api.streaming.door import Line, Streams, Word
from clients.queries import Access
from common.errors import Invalid, NotAllowed, NotFound
from common.rates import Standing
from common.realtime import account_of
from common.realtime.hub import Hub
from common.realtime.sockets import Look
from common.realtime.sse import serve_events

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

MOST_WAITING = 600  # events for one client; more than the hub gathers at once
_HEALTH = "health"
_RETRY_SECONDS = 60
_CORS = tuple((name.lower().encode(), said.encode()) for name, said in EVERYWHERE.items())


class EventStreams:
    """An ASGI application for GET requests beneath its path."""

    def __init__(self, hub: Hub, gate: Gate, door: Streams) -> None:
        self._hub, self._gate, self._door = hub, gate, door

    async def __call__(self, scope: Scope, path: str, receive: Receive, send: Send) -> None:
        if path == _HEALTH:
            is_well = self._hub.is_well
            await _answer(send, 200 if is_well else 503, b"OK" if is_well else b"", b"text/plain")
            return
        try:
            shown = shown_by(scope)
            channel = _channel(scope, path)
            async with self._gate.admitted(scope, shown) as access:
                await self._serve(access, shown, channel, receive, send)
        except Refused as refused:
            await refuse(send, refused)

    async def _serve(
        self, access: Access, shown: Shown, channel: Channel, receive: Receive, send: Send
    ) -> None:
        streams = await opened(self._hub, access, channel)
        person_id = access.user.pk  # type: ignore[union-attr]  # the gate lets nobody else in
        line = Line(person_id, channel, is_socket=False)
        subscription = self._hub.subscribe(
            self._door, line, [*streams, account_of(person_id)], most=MOST_WAITING
        )
        if subscription.ended is not None:
            raise Refused(503, "Nothing can be told just now")
        look = Look(subscription, Word.LOOK)

        async def may_go_on() -> bool:
            try:
                found = await self._gate.access_of(shown)
                await opened(self._hub, found, channel)
            except Refused:
                return False
            look.later()
            return True

        try:
            await serve_events(subscription, receive, send, headers=_CORS, may_go_on=may_go_on)
        finally:
            look.end()


async def opened(hub: Hub, access: Access, channel: Channel) -> list[str]:
    """What is heard on the channel. Raises Refused."""
    try:
        return await hub.ask(open_channel, access, channel)
    except NotAllowed as error:
        raise Refused(403, error.message) from None
    except NotFound:
        raise Refused(404, "Record not found") from None
    except DatabaseError:
        raise Refused(503, "The database does not answer just now") from None


async def refuse(send: Send, refused: Refused, kind: str = "http.response") -> None:
    """The refusal as JSON; of a socket that is not opened, too."""
    more = [(b"retry-after", b"%d" % _RETRY_SECONDS)] if refused.status in {429, 503} else []
    if refused.most is not None:
        standing = Standing(refused.most, 0, int(time.time()) + _RETRY_SECONDS)
        more += [(name.lower().encode(), said.encode()) for name, said in headers_of(standing).items()]
    if refused.status == 401:
        more = [(b"www-authenticate", f'Bearer realm="{settings.SITE_HOST}", error="invalid_token"'.encode())]
    body = encode({"error": refused.sentence})
    await _answer(send, refused.status, body, b"application/json; charset=utf-8", more, kind)


def _channel(scope: Scope, path: str) -> Channel:
    said = said_in(scope)
    name = name_at(path, only_media=said.get("only_media", "").lower() in {"1", "true", "on"})
    if not name:
        raise Refused(400, "Unknown channel requested")
    try:
        return channel_of(name, said.get("tag"), said.get("list"))
    except Invalid as error:
        raise Refused(400, error.message) from None


async def _answer(
    send: Send,
    status: int,
    body: bytes,
    content_type: bytes,
    more: list[tuple[bytes, bytes]] | None = None,
    kind: str = "http.response",
) -> None:
    headers = [
        (b"content-type", content_type),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"private, no-store"),
        (b"x-content-type-options", b"nosniff"),
        *_CORS,
        *(more or []),
    ]
    await send({"type": f"{kind}.start", "status": status, "headers": headers})
    await send({"type": f"{kind}.body", "body": body})
