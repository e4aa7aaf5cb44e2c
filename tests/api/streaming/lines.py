"""Lines of apps without a server between: what an app says goes in, what it is told comes out."""

import asyncio
import json
import queue
import threading
from urllib.parse import urlencode

from api.streaming.app import AppStreams
from tests.api.calling import EVERYTHING, caller_for
from tests.web.sockets import PATIENCE_SECONDS, House

PLACE = "/api/v1/streaming"


def token_for(person, scopes=EVERYTHING):
    return caller_for(person, scopes).token


class StreamHouse(House):
    """A hub whose lines are those of apps."""

    def __init__(self) -> None:
        super().__init__()
        self.socket = AppStreams(self.hub, lambda: self.bus)

    def open(self, person, *streams, scopes=EVERYTHING) -> "SocketLine":
        """An app of this person on a socket, subscribed to these, `("list", {"list": "5"})` or a name."""
        line = SocketLine(self, token=token_for(person, scopes)).accepted()
        for stream in streams:
            name, more = stream if isinstance(stream, tuple) else (stream, {})
            line.subscribe(name, **more)
        return line

    def events(self, person, path, scopes=EVERYTHING, **parameters) -> "EventLine":
        """An app of this person that reads events at the path."""
        return EventLine(self, path, token=token_for(person, scopes), **parameters).opened()


class _Line:
    def __init__(self, house: StreamHouse, scope, first) -> None:
        self.house, self.scope = house, scope
        self._in: asyncio.Queue = asyncio.Queue()
        self._in.put_nowait(first)
        self.out: queue.Queue = queue.Queue()
        self.takes = threading.Event()
        self.takes.set()
        self.is_closed = False
        self.served = asyncio.run_coroutine_threadsafe(
            house.socket(scope, self._in.get, self._send), house.loop
        )

    async def _send(self, message) -> None:
        if self.is_closed:  # as uvicorn does when a client answers no ping any more
            raise RuntimeError("Unexpected ASGI message 'websocket.send', after sending 'websocket.close'.")
        while not self.takes.is_set():
            await asyncio.sleep(0.01)
        self.out.put(message)

    def put(self, message) -> None:
        self.house.loop.call_soon_threadsafe(self._in.put_nowait, message)

    def next(self):
        return self.out.get(timeout=PATIENCE_SECONDS)

    def refusal(self):
        """Status and JSON of a line that is not opened."""
        status, _, said = self.whole_refusal()
        return status, said

    def whole_refusal(self):
        """With its headers."""
        start, body = self.next(), self.next()
        headers = {name.decode(): value.decode() for name, value in start["headers"]}
        return start["status"], headers, json.loads(body["body"])

    def told(self, number=1):
        """The next so many events: name, payload."""
        return [self.event() for _ in range(number)]

    def rest(self):
        """What else is told, once everything was worked off."""
        self.house.settle()
        found = []
        while not self.out.empty():
            found.append(self.event())
        return found

    def is_silent(self) -> bool:
        self.house.settle()
        return self.out.empty()


class SocketLine(_Line):
    """An app's end of a web socket."""

    def __init__(
        self, house, path=PLACE, *, token="", subprotocol="", headers=(), address="192.0.2.1", **parameters
    ):
        scope = {
            "type": "websocket",
            "path": path,
            "query_string": urlencode(parameters).encode(),
            "client": (address, 50_000),
            "headers": [*([(b"authorization", f"Bearer {token}".encode())] if token else []), *headers],
            "subprotocols": [subprotocol] if subprotocol else [],
        }
        super().__init__(house, scope, {"type": "websocket.connect"})

    def accepted(self) -> "SocketLine":
        answer = self.next()
        assert answer["type"] == "websocket.accept", answer
        self.subprotocol = answer["subprotocol"]
        return self

    def say(self, said) -> None:
        text = said if isinstance(said, str) else json.dumps(said)
        self.put({"type": "websocket.receive", "text": text})

    def subscribe(self, stream, **more) -> None:
        self.say({"type": "subscribe", "stream": stream, **more})
        self.house.settle()

    def unsubscribe(self, stream, **more) -> None:
        self.say({"type": "unsubscribe", "stream": stream, **more})
        self.house.settle()

    def leave(self) -> None:
        self.put({"type": "websocket.disconnect", "code": 1001})
        self.served.result(PATIENCE_SECONDS)

    def message(self):
        message = self.next()
        assert message["type"] == "websocket.send", message
        return json.loads(message["text"])

    def event(self):
        """Name and payload of the next; `stream` is that of the last one that was read."""
        said = self.message()
        self.stream = said["stream"]
        return said["event"], json.loads(said["payload"]) if "payload" in said else None

    def code(self) -> int:
        """With which code the line is closed; what came before is passed over."""
        while (message := self.next())["type"] != "websocket.close":
            assert message["type"] == "websocket.send", message
        return message["code"]


class EventLine(_Line):
    """An app's end of server-sent events."""

    def __init__(self, house, path, *, token="", headers=(), address="192.0.2.1", **parameters):
        scope = {
            "type": "http",
            "method": "GET",
            "path": f"{PLACE}/{path}",
            "query_string": urlencode(parameters).encode(),
            "client": (address, 50_000),
            "headers": [*([(b"authorization", f"Bearer {token}".encode())] if token else []), *headers],
        }
        super().__init__(house, scope, {"type": "http.request", "body": b"", "more_body": False})

    def opened(self) -> "EventLine":
        start = self.next()
        assert start["status"] == 200, (start, self.next())
        self.headers = dict(start["headers"])
        assert self.next()["body"].startswith(b":")
        return self

    def event(self):
        body = self.next()["body"].decode()
        name, data = body.removesuffix("\n\n").split("\n")
        text = data.removeprefix("data: ")
        return name.removeprefix("event: "), None if text == "undefined" else json.loads(text)

    def ends(self) -> None:
        """What came before is passed over."""
        while self.next().get("more_body"):
            pass
        self.served.result(PATIENCE_SECONDS)
