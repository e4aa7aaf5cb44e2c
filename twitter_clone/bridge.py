"""ASGI outside, WSGI inside: the event loop keeps the slow network, fixed threads make the pages.

A thread is held only while the application works: bodies are received before, answers are sent after.
The threads live as long as the process, so their database connections stay open.
docs/decisions/0001-own-wsgi-bridge.md tells why this is ours.
"""

import asyncio
import contextlib
import io
import logging
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import unquote_to_bytes

from twitter_clone.threads import Threads

logger = logging.getLogger(__name__)

Scope = dict[str, Any]
Receive = Callable[[], Any]
Send = Callable[[dict[str, Any]], Any]
Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

_KEPT_IN_MEMORY = 256 * 1024  # bytes of a body; what is longer goes to a temporary file
_PART = 256 * 1024  # bytes of an answer made at a time
_RECEIVE_GRACE_SECONDS = 20.0
_SLOWEST = 16 * 1024  # bytes per second that a client must send on average after the grace
_SEND_SECONDS = 60.0  # for a client to take one part
_NO_BODY = {204, 304}


class _Refused(Exception):
    """The request ends here, with a status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class _Gone(Exception):
    """The client hung up."""


@dataclass(slots=True)
class _Answer:
    """What the application said: the head, a first part, and the rest if there is more."""

    status: int
    headers: list[tuple[bytes, bytes]]
    part: bytes
    rest: "_Rest | None"


class Bridge:
    """Serves a WSGI application to an ASGI server's HTTP requests.

    `threads` requests are worked on at once and `waiting` more may queue; above that the answer is 503
    at once. A body above `max_bytes` is not handed over: the application sees its length and no content.
    """

    def __init__(self, application: Application, *, threads: int, waiting: int, max_bytes: int) -> None:
        self._application = application
        self._max_bytes = max_bytes
        self._room = threads + waiting
        self._threads = Threads(threads, "page")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if self._room <= 0:
                raise _Refused(503, "The server has too much to do. Try again in a few seconds.")
            body, length = await _receive_body(scope["headers"], receive, self._max_bytes)
            with body:
                await self._serve(_environ(scope, body, length), receive, send)
        except _Refused as refused:
            await _refuse(send, refused)
        except _Gone:
            pass

    async def _serve(self, environ: Environ, receive: Receive, send: Send) -> None:
        self._room -= 1
        try:
            answer = await self._threads.run(self._begin, environ)
        except Exception as error:
            logger.exception("The application failed on %s", environ["PATH_INFO"])
            raise _Refused(500, "Something went wrong here.") from error
        finally:
            self._room += 1
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        if answer.rest is None:
            await send({"type": "http.response.body", "body": answer.part})
        else:
            await self._send_parts(answer.part, answer.rest, receive, send)

    def _begin(self, environ: Environ) -> _Answer:
        """Call the application and take a first part of its answer; runs in a thread."""
        said: list[Any] = []
        written: list[bytes] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            said[:] = [int(status[:3]), headers]
            return written.append

        rest = _Rest(self._application(environ, start_response))
        try:
            part = rest.take()
            status, headers = said
            if environ["REQUEST_METHOD"] == "HEAD" or status in _NO_BODY:
                part, rest.ended = b"", True
        except BaseException:
            rest.close()
            raise
        if rest.ended:
            rest.close()
        whole = b"".join([*written, part])
        length = len(whole) if rest.ended and environ["REQUEST_METHOD"] != "HEAD" else None
        return _Answer(status, _raw_headers(status, headers, length), whole, None if rest.ended else rest)

    async def _send_parts(self, part: bytes, rest: "_Rest", receive: Receive, send: Send) -> None:
        """Make the rest part by part, each only when the client took the one before."""
        hang_up = asyncio.create_task(_hang_up(receive))
        try:
            while not hang_up.done():
                async with asyncio.timeout(_SEND_SECONDS):
                    await send({"type": "http.response.body", "body": part, "more_body": not rest.ended})
                if rest.ended:
                    break
                part = await self._threads.run(rest.take)
        except TimeoutError:
            logger.info("A client stopped reading; the line is closed.")
        finally:
            hang_up.cancel()
            await self._threads.run(rest.close)


class _Rest:
    """The application's answer, taken in parts of some size."""

    def __init__(self, result: Iterable[bytes]) -> None:
        self._result = result
        self._iterator: Iterator[bytes] = iter(result)
        self.ended = False

    def take(self) -> bytes:
        parts, size = [], 0
        for part in self._iterator:
            parts.append(part)
            size += len(part)
            if size >= _PART:
                break
        else:
            self.ended = True
        return b"".join(parts)

    def close(self) -> None:
        close = getattr(self._result, "close", None)
        if close:
            close()


async def _receive_body(
    headers: list[tuple[bytes, bytes]], receive: Receive, max_bytes: int
) -> tuple[IO[bytes], int]:
    """The whole body and its length. Above `max_bytes` the length is true or too long, the body empty."""
    announced, chunked = 0, False
    for name, value in headers:
        if name == b"content-length":
            announced = int(value)
        elif name == b"transfer-encoding":
            chunked = True
    if not (chunked or announced) or announced > max_bytes:
        return io.BytesIO(), announced
    body: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_KEPT_IN_MEMORY)  # noqa: SIM115  (closed by the caller)
    try:
        length = await _fill(body, receive, max_bytes)
        if length > max_bytes:
            body.truncate(0)
        body.seek(0)
    except BaseException:
        body.close()
        raise
    return body, length


async def _fill(body: IO[bytes], receive: Receive, max_bytes: int) -> int:
    started, length, more = asyncio.get_running_loop().time(), 0, True
    while more and length <= max_bytes:
        try:
            async with asyncio.timeout_at(started + _RECEIVE_GRACE_SECONDS + length / _SLOWEST):
                message = await receive()
        except TimeoutError:
            raise _Refused(408, "The request took too long to arrive.") from None
        if message["type"] == "http.disconnect":
            raise _Gone
        part = message.get("body", b"")
        length += len(part)
        try:
            body.write(part)
        except OSError as error:
            logger.error("No room for a request's body: %s", error)
            raise _Refused(507, "The server has no room for this at the moment.") from None
        more = message.get("more_body", False)
    return length


def _environ(scope: Scope, body: IO[bytes], length: int) -> Environ:
    """The variables of PEP 3333. Header names with underscores are dropped: they would pass for others."""
    server = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "SERVER_PROTOCOL": "HTTP/" + scope["http_version"],
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name:
            continue
        name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
        if name == "CONTENT_TYPE":
            environ[name] = value
        elif name not in {"CONTENT_LENGTH", "TRANSFER_ENCODING", "PROXY"}:
            key = "HTTP_" + name
            separator = "; " if name == "COOKIE" else ","
            environ[key] = f"{environ[key]}{separator}{value}" if key in environ else value
    environ["CONTENT_LENGTH"] = str(length)
    return environ


def _raw_headers(
    status: int, headers: list[tuple[str, str]], length: int | None
) -> list[tuple[bytes, bytes]]:
    """As ASGI wants them, with the length of the body if it is known."""
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    if status in _NO_BODY:
        return [header for header in raw if header[0] != b"content-length"]
    if length is not None and all(name != b"content-length" for name, _ in raw):
        raw.append((b"content-length", str(length).encode()))
    return raw


async def _hang_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send, refused: _Refused) -> None:
    content = refused.sentence.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(content)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if refused.status in {503, 507}:
        headers.append((b"retry-after", b"5"))
    if refused.status == 408:
        headers.append((b"connection", b"close"))
    with contextlib.suppress(_Gone):
        await send({"type": "http.response.start", "status": refused.status, "headers": headers})
        await send({"type": "http.response.body", "body": content})
