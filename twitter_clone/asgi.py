"""Pages and sockets for an ASGI server: HTTP requests are handed to Django's WSGI handler in fixed threads.

Django's own ASGI handler costs about three times the CPU and reopens the database for every request.
Sockets and streams stay in the event loop, see web/live and api/streaming.
"""

import os
from collections.abc import Awaitable, Callable
from typing import Any

from channels.security.websocket import OriginValidator
from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twitter_clone.settings.base")
_application = get_wsgi_application()

# Models may be imported from here on.
from api.streaming.app import AppStreams  # noqa: E402
from common.realtime.buses import the_bus  # noqa: E402
from common.realtime.here import the_hub  # noqa: E402
from twitter_clone.bridge import Bridge  # noqa: E402
from web.live.socket import LiveSocket  # noqa: E402

_pages = Bridge(
    _application,
    threads=settings.WEB_THREADS,
    waiting=16 * settings.WEB_THREADS,
    max_bytes=settings.REQUEST_MAX_BYTES,
)
# A page of another site that opens one would come with the reader's cookies.
_sockets = OriginValidator(LiveSocket(the_hub, the_bus), settings.LIVE_ORIGINS)
_streams = AppStreams(the_hub, the_bus)  # by token, so from anywhere


async def application(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[dict[str, Any]]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    """Pages, sockets and the server's life."""
    if scope["type"] in {"http", "websocket"} and _streams.is_for(scope):
        await _streams(scope, receive, send)
    elif scope["type"] == "http":
        await _pages(scope, receive, send)
    elif scope["type"] == "websocket":
        await _sockets(scope, receive, send)
    elif scope["type"] == "lifespan":
        await _live(receive, send)
    else:
        raise ValueError(f"No answer to ASGI connections of type {scope['type']}.")


async def _live(
    receive: Callable[[], Awaitable[dict[str, Any]]], send: Callable[[dict[str, Any]], Awaitable[None]]
) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            the_hub.start(the_bus())
        else:
            the_hub.stop()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return
