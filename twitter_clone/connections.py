"""uvicorn's HTTP connections with three limits more: slow heads, long heads, too many at once.

A connection costs little while it waits, but nothing may wait for ever.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from common.realtime.sse import Lines

_HEAD_SECONDS = 15.0  # from the first byte, or the connection, to the end of the headers
_HEAD_BYTES = 32 * 1024
_HEADERS = 100
_UNWANTED_BYTES = 64 * 1024 * 1024  # of a body that was refused: answered politely, then cut
_FLUSH_SECONDS = 30.0  # for the last bytes of an answer after the line is to be closed
_MOST_CONNECTIONS = 2000  # beside what stays open: sockets, and events of apps
_MOST_SOCKETS = 12_000


class PatientProtocol(HttpToolsProtocol):
    """Closes the line on clients that never come to the point."""

    _head_timer: asyncio.TimerHandle | None = None
    _head_bytes = 0  # received while the head is not complete
    _fields_bytes = 0  # of the lines understood so far
    _unwanted_bytes = 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        if len(self.connections) - PatientSocket.open - Lines.open > _MOST_CONNECTIONS:
            self._say(503, b"retry-after: 5\r\n")
        else:
            self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_arrived()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        if self._head_timer is None and (self.cycle is None or self.cycle.response_complete):
            self._expect_head()
        super().data_received(data)
        if self._head_timer is not None:
            self._head_bytes += len(data)
            if self._head_bytes > _HEAD_BYTES:
                self._say(431)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._fields_bytes = 0

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        self._count(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        super().on_header(name, value)
        self._count(len(name) + len(value))

    def on_headers_complete(self) -> None:
        self._head_arrived()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if self.cycle is not None and self.cycle.response_complete:
            self._unwanted_bytes += len(body)
            if self._unwanted_bytes > _UNWANTED_BYTES:
                self.transport.abort()
        super().on_body(body)

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        # A client that reads nothing would keep the closing line open.
        self.loop.call_later(_FLUSH_SECONDS, self.transport.abort)

    def _count(self, length: int) -> None:
        """An error here makes the parser give up, and uvicorn answer 400."""
        self._fields_bytes += length
        if self._fields_bytes > _HEAD_BYTES or len(self.headers) > _HEADERS:
            raise ValueError("The head of the request is too long.")

    def _expect_head(self) -> None:
        self._head_bytes = 0
        self._head_timer = self.loop.call_later(_HEAD_SECONDS, self._say, 408)

    def _head_arrived(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _say(self, status: int, header: bytes = b"") -> None:
        """A last word, then the line is closed."""
        self._head_arrived()
        if not self.transport.is_closing():
            self.transport.write(
                STATUS_LINE[status] + header + b"content-length: 0\r\nconnection: close\r\n\r\n"
            )
            self.transport.close()


class PatientSocket(WebSocketsSansIOProtocol):
    """uvicorn's web sockets, of which there are so many at most; a line that takes nothing is cut."""

    open = 0  # in this process

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        PatientSocket.open += 1

    def connection_lost(self, exc: Exception | None) -> None:
        PatientSocket.open -= 1
        super().connection_lost(exc)

    def handle_connect(self, event: Any) -> None:
        if PatientSocket.open > _MOST_SOCKETS:
            self.transport.write(STATUS_LINE[503] + b"retry-after: 30\r\ncontent-length: 0\r\n\r\n")
            self.transport.close()
        else:
            super().handle_connect(event)

    async def run_asgi(self) -> None:
        await super().run_asgi()
        self.loop.call_later(_FLUSH_SECONDS, self.transport.abort)
