"""All streams of apps, for twitter_clone/asgi: which connections are theirs, and who answers them."""

from collections.abc import Callable

from api.streaming.access import Gate, Scope
from api.streaming.door import Streams
from api.streaming.events import EventStreams, Receive, Send
from api.streaming.socket import SocketStreams
from common.realtime.buses import Bus
from common.realtime.hub import Hub

_PLACE = "/api/v1/streaming"


class AppStreams:
    """An ASGI application for what `is_for` says."""

    def __init__(self, hub: Hub, bus: Callable[[], Bus]) -> None:
        gate, door = Gate(hub, bus), Streams()
        self._events = EventStreams(hub, gate, door)
        self._sockets = SocketStreams(hub, gate, door)

    @staticmethod
    def is_for(scope: Scope) -> bool:
        """Sockets at the place or beneath it, and what is read beneath it; the pages say of the rest that
        there is nothing.
        """
        path = str(scope["path"]).rstrip("/")
        if scope["type"] == "websocket":
            return path == _PLACE or path.startswith(f"{_PLACE}/")
        return scope["method"] == "GET" and path.startswith(f"{_PLACE}/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].rstrip("/").removeprefix(_PLACE).removeprefix("/")
        if scope["type"] == "websocket":
            await self._sockets(scope, path, receive, send)
        else:
            await self._events(scope, path, receive, send)
