"""Open pages: web sockets that only listen, read by hand so that thousands cost the tester little."""

import asyncio
import json
import resource
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from time import perf_counter
from typing import Any

_AT_ONCE = 40  # that are opening
_PATIENCE_SECONDS = 60.0
_FILES = 16_384
_MASK = b"\0\0\0\0"  # a client has to mask what it says; nobody asks with what
_TEXT, _PONG, _PING = 0x81, 0x8A, 0x9
_TWO_BYTES_FOLLOW = 126
_NEW = b'{"new":[{"id":"'


class OpenPage(asyncio.Protocol):
    """One page that looks at `place` of the site at `host`; `headers` are lines, each with its end.

    `heard` says when each tweet came, by its id; `is_lost` whether the server hung up.
    """

    def __init__(self, host: str, place: str, headers: str = "") -> None:
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.heard: dict[str, float] = {}
        self.is_lost = False
        self._place = place
        self._knock = (
            f"GET /live HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n"
        )
        self._is_open = False
        self._waiting = b""

    def close(self) -> None:
        self._transport.abort()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        transport.write(self._knock.encode())

    def data_received(self, data: bytes) -> None:
        now = perf_counter()
        if self._is_open:
            self._waiting += data
            while (frame := self._next_frame()) is not None:
                self._hear(*frame, now)
        elif b" 101 " in data[:20]:
            self._is_open = True
            self._say(_TEXT, json.dumps({"place": self._place, "tweets": [], "age": 1}).encode())
        elif not self.ready.done():
            self.ready.set_exception(ConnectionRefusedError(f"The server said {data[:80]!r}."))

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_lost = True
        if not self.ready.done():
            self.ready.set_exception(ConnectionResetError("The server hung up."))

    def _say(self, kind: int, content: bytes) -> None:
        self._transport.write(bytes([kind, 0x80 | len(content)]) + _MASK + content)

    def _next_frame(self) -> tuple[int, bytes] | None:
        """Kind and content of the next whole frame; a server does not mask them."""
        data = self._waiting
        if len(data) < 2:
            return None
        start, size = 2, data[1]
        if size == _TWO_BYTES_FOLLOW:
            start, size = 4, int.from_bytes(data[2:4])
        if len(data) < start + size:
            return None
        self._waiting = data[start + size :]
        return data[0] & 0x0F, data[start : start + size]

    def _hear(self, kind: int, content: bytes, now: float) -> None:
        if kind == _PING:
            self._say(_PONG, content)
        elif content.startswith(_NEW):
            name = content[len(_NEW) : content.index(b'"', len(_NEW))]
            self.heard.setdefault(name.decode(), now)
        elif b'"ready"' in content and not self.ready.done():
            self.ready.set_result(None)


async def open_pages(opening: Sequence[Callable[[], Awaitable[OpenPage]]]) -> tuple[list[OpenPage], int]:
    """Open them, some at once. Those that listen, and how many were refused or not heard in time."""
    with suppress(ValueError, OSError):
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (_FILES if most < 0 else min(_FILES, most), most))
    turn = asyncio.Semaphore(_AT_ONCE)

    async def one(how: Callable[[], Awaitable[OpenPage]]) -> OpenPage | None:
        async with turn:
            try:
                page = await how()
            except OSError:
                return None
            try:
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    await page.ready
            except (OSError, TimeoutError):
                page.close()
                return None
            return page

    found = [page for page in await asyncio.gather(*map(one, opening)) if page is not None]
    return found, len(opening) - len(found)


async def knock(port: int, host: str, place: str, headers: str = "", source: str = "127.0.0.1") -> OpenPage:
    """Begin to open one page at 127.0.0.1:`port`, from that address of this machine. Raises OSError."""
    loop = asyncio.get_running_loop()
    _, page = await loop.create_connection(
        lambda: OpenPage(host, place, headers), "127.0.0.1", port, local_addr=(source, 0)
    )
    return page
