"""Sockets of open pages without a server between: what a browser says goes in, what it hears comes out."""

import asyncio
import contextlib
import json
import queue
import threading
import time
from collections.abc import Iterator

from django.conf import settings
from django.db import connections

from common.realtime import Push
from common.realtime.hub import Hub
from tests.common.realtime.loops import Quiet
from web.live.socket import LiveSocket

PATIENCE_SECONDS = 30  # a busy machine is no defect


class Browser:
    """One page's end of a socket, spoken to from the test's own thread."""

    def __init__(self, house: "House", client=None, *, path="/live", address="192.0.2.1", headers=()) -> None:
        cookies = (
            f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
            if client
            else ""
        )
        self.scope = {
            "type": "websocket",
            "path": path,
            "client": (address, 50_000),
            "headers": [(b"cookie", cookies.encode()), *headers],
        }
        self._house = house
        self._in: asyncio.Queue = asyncio.Queue()
        self.out: queue.Queue = queue.Queue()
        self.takes = threading.Event()
        self.takes.set()
        self.is_closed = False
        self._in.put_nowait({"type": "websocket.connect"})
        self.served = asyncio.run_coroutine_threadsafe(
            house.socket(self.scope, self._in.get, self._send), house.loop
        )

    async def _send(self, message) -> None:
        if self.is_closed:  # as uvicorn does when a client answers no ping any more
            raise RuntimeError("Unexpected ASGI message 'websocket.send', after sending 'websocket.close'.")
        while not self.takes.is_set():
            await asyncio.sleep(0.01)
        self.out.put(message)

    def say(self, text) -> None:
        text = text if isinstance(text, str) else json.dumps(text)
        self._house.loop.call_soon_threadsafe(
            self._in.put_nowait, {"type": "websocket.receive", "text": text}
        )

    def leave(self) -> None:
        self._house.loop.call_soon_threadsafe(
            self._in.put_nowait, {"type": "websocket.disconnect", "code": 1001}
        )
        self.served.result(PATIENCE_SECONDS)

    def next(self):
        return self.out.get(timeout=PATIENCE_SECONDS)

    def hear(self, word: str):
        """What the next message with that word says of it; others are passed over."""
        while True:
            message = self.next()
            assert message["type"] == "websocket.send", message
            news = json.loads(message["text"])
            if word in news:
                return news[word]

    def code(self) -> int:
        """With which code the line is closed; what came before is passed over."""
        while (message := self.next())["type"] != "websocket.close":
            assert message["type"] in {"websocket.send", "websocket.accept"}, message
        return message["code"]

    def open(self, place="", tweets=(), age=0.0) -> "Browser":
        """Say hello and wait until the other end listens."""
        assert self.next() == {"type": "websocket.accept"}
        self.say({"place": place, "tweets": [str(an_id) for an_id in tweets], "age": age})
        self.ready = self.hear("ready")
        return self

    def watch(self, *tweet_ids) -> None:
        self.say({"tweets": [str(an_id) for an_id in tweet_ids]})

    def rest(self, word: str) -> list:
        """What else is said with that word, once everything was worked off."""
        self._house.settle()
        said = []
        while not self.out.empty():
            message = self.next()
            assert message["type"] == "websocket.send", message
            news = json.loads(message["text"])
            said += [news[word]] if word in news else []
        return said

    def is_silent(self) -> bool:
        """Whether nothing more came, once what was said and pushed before has been worked off."""
        self._house.settle()
        return self.out.empty()


class House:
    """A hub in a loop of its own, and pushes that reach it at once."""

    def __init__(self) -> None:
        self.bus = Quiet()
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()
        self.hub = Hub(threads=2)
        self.socket = LiveSocket(self.hub, lambda: self.bus)
        self.call(self._start())

    async def _start(self) -> None:
        self.hub.start(self.bus)
        await asyncio.sleep(0)

    def call(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(PATIENCE_SECONDS)

    def push(self, push: Push) -> None:
        self.loop.call_soon_threadsafe(self.hub.receive, push)

    def browser(self, client=None, **more) -> Browser:
        return Browser(self, client, **more)

    def settle(self) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        self.call(asyncio.sleep(0.05))
        while self.call(self._is_busy()):
            assert time.monotonic() < end, "the hub is never done"
            time.sleep(0.02)

    async def _is_busy(self) -> bool:
        await asyncio.sleep(0.02)
        return bool(self.hub._drawing or self.hub._gathered)

    def close(self) -> None:
        with contextlib.suppress(RuntimeError):
            self.call(self._stop())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(PATIENCE_SECONDS)

    async def _stop(self) -> None:
        self.hub.stop()
        both = threading.Barrier(2, timeout=PATIENCE_SECONDS)

        def let_go() -> None:
            both.wait()  # each thread lets go of its own connection
            connections.close_all()

        await asyncio.gather(self.hub.ask(let_go), self.hub.ask(let_go))
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


@contextlib.contextmanager
def house() -> Iterator[House]:
    """With pushes of this process heard in it."""
    built = House()
    try:
        yield built
    finally:
        built.close()
