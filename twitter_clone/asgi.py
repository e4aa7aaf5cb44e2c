"""Pages for an ASGI server: every HTTP request is handed to Django's WSGI handler in fixed threads.

Django's own ASGI handler costs about three times the CPU and reopens the database for every request.
"""

import os
from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from twitter_clone.bridge import Bridge

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twitter_clone.settings.base")

_pages = Bridge(
    get_wsgi_application(),
    threads=settings.WEB_THREADS,
    waiting=16 * settings.WEB_THREADS,
    max_bytes=settings.REQUEST_MAX_BYTES,
)


async def application(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[dict[str, Any]]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    """Pages and the server's life; a socket is politely refused until there is something to say on it."""
    if scope["type"] == "http":
        await _pages(scope, receive, send)
    elif scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1000})
    elif scope["type"] == "lifespan":
        await _live(receive, send)
    else:
        raise ValueError(f"No answer to ASGI connections of type {scope['type']}.")


async def _live(
    receive: Callable[[], Awaitable[dict[str, Any]]], send: Callable[[dict[str, Any]], Awaitable[None]]
) -> None:
    while True:
        message = await receive()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return
