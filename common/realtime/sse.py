"""Server-sent events over raw ASGI: one connection of the hub as an answer that does not end."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Any

from common.realtime.subscription import Subscription

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

logger = logging.getLogger(__name__)

_SEND_SECONDS = 30.0  # for a client to take one event
_HEARTBEAT_SECONDS = 15.0  # often enough for proxies and telephones to keep the line
_HEARTBEAT = b":\n\n"
_HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"private, no-store"),
    (b"x-accel-buffering", b"no"),  # nginx would hold back what is small
    (b"x-content-type-options", b"nosniff"),
]


def to_event(name: str, data: str) -> bytes:
    """One event, finished: `data` is one line, as JSON is."""
    return f"event: {name}\ndata: {data}\n\n".encode()


class Lines:
    """How many lines of events are open in this process."""

    open = 0


async def serve_events(
    subscription: Subscription,
    receive: Receive,
    send: Send,
    *,
    headers: tuple[tuple[bytes, bytes], ...] = (),
    heartbeat_seconds: float = _HEARTBEAT_SECONDS,
    may_go_on: Callable[[], Awaitable[bool]] | None = None,
) -> None:
    """Send what comes until the client leaves or the subscription ends. Its messages are finished bytes; for
    any word of its door `may_go_on` is asked, and where it says no the line ends.
    """
    watch = asyncio.create_task(_end_with_client(subscription, receive))
    Lines.open += 1
    try:
        await send({"type": "http.response.start", "status": 200, "headers": [*_HEADERS, *headers]})
        await send({"type": "http.response.body", "body": _HEARTBEAT, "more_body": True})
        while (part := await _next(subscription, heartbeat_seconds)) is not None:
            if isinstance(part, bytes):
                async with asyncio.timeout(_SEND_SECONDS):
                    await send({"type": "http.response.body", "body": part, "more_body": True})
            elif may_go_on is not None and not await may_go_on():
                break
        with contextlib.suppress(OSError):
            await send({"type": "http.response.body", "body": b""})
    except TimeoutError:
        logger.info("A client stopped reading events; the line is closed.")
    finally:
        Lines.open -= 1
        watch.cancel()
        subscription.end()


async def _next(subscription: Subscription, heartbeat_seconds: float) -> bytes | Enum | None:
    try:
        async with asyncio.timeout(heartbeat_seconds):
            message = await anext(subscription)
    except TimeoutError:
        return _HEARTBEAT
    except StopAsyncIteration:
        return None
    if isinstance(message, str):
        raise TypeError("A door of events draws bytes.")
    return message


async def _end_with_client(subscription: Subscription, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    subscription.end()
