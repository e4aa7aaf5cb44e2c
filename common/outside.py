"""The only way out to the internet: public addresses, and little of anybody's time and space.

Whom we ask is decided on the address that a name resolves to, and the connection goes to exactly that
address: a name that means something else a moment later gains nothing. The host a page is asked for, and
the certificate it must show, stay those of the name. httpcore is the lower half of httpx: it lets us say
how a connection is made.
"""

import queue
import socket
import ssl
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import Any

import httpcore
import httpx
from django.conf import settings

from common.charsets import content_type, decode
from common.public_addresses import is_loopback, is_public

_PORTS = (80, 443)
_REDIRECTS = (301, 302, 303, 307, 308)
_ADDRESS_MAX_LENGTH = 2048  # characters
_RAW_CHUNK = 64 * 1024  # bytes read at once


class OutsideError(Exception):
    """Nothing came back that we can use; says why, for logs and staff."""


class Refused(OutsideError):
    """We do not ask there, or do not take what is sent: trying again would not help."""


class Unreachable(OutsideError):
    """No answer, or none in time: it may heal."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What another server said. `url` is where it was said in the end, after redirects.

    `body` holds at most as many bytes as were asked for, unpacked, and is empty unless the status is 200;
    `is_whole` says whether that was all.
    """

    url: str
    status: int
    content_type: str = ""
    charset: str = ""
    body: bytes = b""
    is_whole: bool = True

    @property
    def text(self) -> str:
        """The body in the encoding that answer or page name; what cannot be read is marked."""
        return decode(self.body, self.charset)


def fetch(url: str, *, accept: Sequence[str] = ("text/html",), max_bytes: int | None = None) -> Answer:
    """Ask for a page by GET, following at most OUTSIDE_REDIRECTS, all within OUTSIDE_SECONDS.

    `accept` lists the types taken; one that ends with / stands for all of its kind. `max_bytes` is
    OUTSIDE_MAX_BYTES unless said otherwise. Blocks, so it belongs into a job that runs outside a transaction,
    in the queue “outside”. Raises Refused and Unreachable.
    """
    most = settings.OUTSIDE_MAX_BYTES if max_bytes is None else max_bytes
    clock = Clock(settings.OUTSIDE_SECONDS)
    wanted = _checked(url)
    for _ in range(settings.OUTSIDE_REDIRECTS + 1):
        answer = _ask(wanted, accept, most, clock)
        if isinstance(answer, Answer):
            return answer
        wanted = answer
    raise Refused("It leads from one address to the next.")


def deliver(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Bring something to another server by POST, within OUTSIDE_SECONDS; returns the status. Redirects are
    not followed: who answers with one has not taken it.

    Blocks, as `fetch` does. Raises Refused and Unreachable.
    """
    wanted = _checked(url)
    sent = usual_headers(wanted)
    for name, value in headers.items():
        sent[name] = value
    sent["Content-Length"] = str(len(body))
    with _asked(wanted, "POST", sent, Clock(settings.OUTSIDE_SECONDS), body) as response:
        return response.status


def may_deliver(url: str) -> bool:
    """Whether this is an address we would bring something to, as far as one can tell without asking."""
    try:
        parts = _checked(url)
    except Refused:
        return False
    return parts.scheme == "https" or bool(settings.OUTSIDE_ALLOWS_LOOPBACK)


def _checked(url: str) -> httpx.URL:
    """The address in parts, if we may ask there. Whether its host is public is found out on connecting."""
    if len(url) > _ADDRESS_MAX_LENGTH:
        raise Refused("The address is too long.")
    try:
        parts = httpx.URL(url)
        host = parts.host.rstrip(".")
        checked = parts.copy_with(host=host, fragment=None)
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise Refused("This is no web address.") from None
    if parts.scheme not in ("http", "https") or not host:
        raise Refused("Only http and https are asked.")
    if parts.userinfo:
        raise Refused("An address with a name or password in it is not asked.")
    if (parts.port or 80) not in _PORTS and not settings.OUTSIDE_ALLOWS_LOOPBACK:
        raise Refused("Only the ports 80 and 443 are asked.")
    return checked


def _ask(url: httpx.URL, accept: Sequence[str], most: int, clock: "Clock") -> Answer | httpx.URL:
    """One request, on a connection of its own. Returns the answer, or where it leads."""
    headers: dict[bytes | str, bytes | str] = {
        **usual_headers(url),
        "Accept": ", ".join(f"{kind}*" if kind.endswith("/") else kind for kind in accept),
        "Accept-Encoding": "gzip",
    }
    with _asked(url, "GET", headers, clock) as response:
        return _answer(url, response, accept, most)


def usual_headers(url: httpx.URL) -> dict[bytes | str, bytes | str]:
    return {
        "Host": url.netloc.decode("ascii"),
        "User-Agent": f"TwitterClone (+{settings.SITE_URL})",
        "Connection": "close",
    }


@contextmanager
def _asked(
    url: httpx.URL, method: str, headers: dict[bytes | str, bytes | str], clock: "Clock", body: bytes = b""
) -> Iterator[httpcore.Response]:
    """The answer as it begins; whatever breaks while it is read is Unreachable."""
    backend = Guarded(clock)
    try:
        with (
            httpcore.ConnectionPool(ssl_context=certificates(), network_backend=backend) as pool,
            pool.stream(method, str(url), headers=headers, content=body or None) as response,
        ):
            yield response
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
        raise Unreachable(f"{url.host} did not answer: {type(error).__name__}") from error


def _answer(
    url: httpx.URL, response: httpcore.Response, accept: Sequence[str], most: int
) -> Answer | httpx.URL:
    headers = httpx.Headers(response.headers)
    if response.status in _REDIRECTS and "location" in headers:
        try:
            return _checked(str(url.join(headers["location"])))
        except (httpx.InvalidURL, UnicodeError, ValueError):
            raise Refused("It leads to no web address.") from None
    kind, charset = content_type(headers.get("content-type", ""))
    if response.status != 200:
        return Answer(str(url), response.status, kind, charset)
    if not any(kind == taken or (taken.endswith("/") and kind.startswith(taken)) for taken in accept):
        raise Refused(f"It is of the type {kind[:80] or 'nobody knows'}.")
    body, is_whole = _read(response.iter_stream(), headers.get("content-encoding", "").strip().lower(), most)
    return Answer(str(url), response.status, kind, charset, body, is_whole)


def _read(chunks: Iterable[bytes], encoding: str, most: int) -> tuple[bytes, bool]:
    """The body, unpacked, and whether it is whole. Never holds more than the limit and one chunk."""
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise Refused("It is packed in a way we did not ask for.")
    unpack = zlib.decompressobj(wbits=31) if encoding.endswith("gzip") else None
    body, raw = bytearray(), 0
    for chunk in chunks:
        raw += len(chunk)
        room = most + 1 - len(body)
        try:
            body += unpack.decompress(chunk, room) if unpack else chunk[:room]
        except zlib.error:
            raise Refused("It cannot be unpacked.") from None
        if len(body) > most or raw > most:
            return bytes(body[:most]), False
    return bytes(body), True


@cache
def certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


class Clock:
    """The time left for everything together. A slow server cannot stretch it by being slow in small steps."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds

    def left(self) -> float:
        """Seconds, more than none. Raises httpcore.ReadTimeout when the time is over."""
        left = self._end - monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("The time is over.")
        return left


class Guarded(httpcore.NetworkBackend):
    """Connects to public addresses only, each checked in the moment before and used as it was checked.

    `own` is for this very site (common/own_site): its owner said where that is, and nobody else can.
    """

    def __init__(self, clock: Clock, *, own: bool = False) -> None:
        self._clock, self._own = clock, own
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = resolve(host, port, self._clock.left())
        if not addresses:
            raise Unreachable(f"{host} has no address.")
        if not self._own and not all(_may_connect(address, port) for address in addresses):
            raise Refused(f"{host} is not on the public internet.")
        for address in addresses[:-1]:  # the last one may have all the time that is left
            try:
                return self._connect(address, port, self._clock.left() / 2)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(addresses[-1], port, self._clock.left())

    def _connect(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        return _Timed(self._sockets.connect_tcp(address, port, timeout=seconds), self._clock)


class _Timed(httpcore.NetworkStream):
    """A connection whose every step ends when the time for everything is over."""

    def __init__(self, stream: httpcore.NetworkStream, clock: Clock) -> None:
        self._stream, self._clock = stream, clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(min(max_bytes, _RAW_CHUNK), self._clock.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._clock.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._clock.left())
        return _Timed(secured, self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _may_connect(address: str, port: int) -> bool:
    if is_loopback(address):
        return bool(settings.OUTSIDE_ALLOWS_LOOPBACK)
    return port in _PORTS and is_public(address)


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """The numeric addresses of a name. In a thread, because the system's look-up cannot be told to hurry."""
    found: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    threading.Thread(target=lambda: found.put(_look_up(host, port)), name="resolver", daemon=True).start()
    try:
        return found.get(timeout=seconds)
    except queue.Empty:
        raise Unreachable(f"Nobody says in time where {host} is.") from None


def _look_up(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError):
        return []
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
