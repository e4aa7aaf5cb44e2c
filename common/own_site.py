"""Asking this site itself at its public address, as a browser far away would: by name, proxy and certificate.

It goes the guarded way of common/outside, with its limits, but for one thing: SITE_URL may lead to an address
that is not public, because whoever runs the server wrote it. Nothing else can be asked from here.
"""

import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ssl import cert_time_to_seconds
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx
from django.conf import settings
from websockets.exceptions import InvalidHandshake, InvalidStatus, WebSocketException
from websockets.sync.client import connect
from websockets.typing import Origin

from common.outside import Clock, Guarded, Unreachable, certificates, resolve, usual_headers

_MOST_BYTES = 256 * 1024
PLAIN_PORT = 80


class Refused(Exception):
    """The socket was not opened: with this status somebody on the way answered instead."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """What came back, without following where it leads. At most 256 KiB of the body are read."""

    status: int
    headers: httpx.Headers
    body: bytes
    certificate_until: datetime | None = field(default=None)  # None without TLS


def host() -> str:
    """The host of SITE_URL, without its port."""
    return urlsplit(settings.SITE_URL).hostname or ""


def has_own_port() -> bool:
    """Whether SITE_URL names another port than that of its scheme."""
    return urlsplit(settings.SITE_URL).port not in (None, 443 if settings.SITE_IS_HTTPS else 80)


def addresses(seconds: float = 5.0) -> list[str]:
    """The numeric addresses that the name stands for here. Raises Unreachable when nobody says in time."""
    return resolve(host(), _port(), seconds)


def ask(path: str, *, seconds: float = 5.0, encrypted: bool | None = None) -> OwnAnswer:
    """GET of that path, all within so many seconds; `encrypted=False` asks at port 80 whatever SITE_URL says.

    Raises Unreachable, whose message says why: the name, the connection, the certificate or the time.
    """
    url = httpx.URL(settings.SITE_URL + path)
    if encrypted is False:
        url = url.copy_with(scheme="http", port=PLAIN_PORT)
    clock = Clock(seconds)
    headers = {**usual_headers(url), "Accept": "*/*"}
    try:
        with (
            httpcore.ConnectionPool(
                ssl_context=certificates(), network_backend=Guarded(clock, own=True)
            ) as pool,
            pool.stream("GET", str(url), headers=headers) as response,
        ):
            until = _certificate_until(response.extensions)
            return OwnAnswer(response.status, httpx.Headers(response.headers), _body(response), until)
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
        raise Unreachable(_reason(error)) from error


def open_socket(path: str, hello: Mapping[str, Any], *, seconds: float = 5.0) -> dict[str, Any]:
    """Open a web socket as our own pages do, say `hello`, and return the first message that comes back.

    Raises Refused, and Unreachable when nothing, or no message, comes.
    """
    clock = Clock(seconds)
    address = f"ws{settings.SITE_URL.removeprefix('http')}{path}"
    try:
        line = socket.create_connection((host(), _port()), timeout=clock.left())
        with connect(
            address,
            sock=line,
            ssl=certificates() if settings.SITE_IS_HTTPS else None,
            origin=Origin(settings.SITE_URL),
            user_agent_header=None,
            proxy=None,
            open_timeout=clock.left(),
            close_timeout=1,
            max_size=_MOST_BYTES,
        ) as opened:
            opened.send(json.dumps(hello))
            said = json.loads(opened.recv(timeout=clock.left()))
    except InvalidStatus as error:
        raise Refused(error.response.status_code) from error
    except (OSError, TimeoutError, httpcore.TimeoutException) as error:
        raise Unreachable(_reason(error)) from error
    except (InvalidHandshake, WebSocketException, ValueError) as error:
        raise Unreachable(f"What answers does not speak as a web socket ({type(error).__name__}).") from error
    if not isinstance(said, dict):
        raise Unreachable("What answers is not this site.")
    return said


def _port() -> int:
    parts = urlsplit(settings.SITE_URL)
    return parts.port or (443 if parts.scheme == "https" else 80)


def _certificate_until(extensions: Mapping[str, Any]) -> datetime | None:
    secured = extensions["network_stream"].get_extra_info("ssl_object")
    if secured is None:
        return None
    return datetime.fromtimestamp(cert_time_to_seconds(secured.getpeercert()["notAfter"]), UTC)


def _body(response: httpcore.Response) -> bytes:
    body = bytearray()
    for chunk in response.iter_stream():
        body += chunk
        if len(body) >= _MOST_BYTES:
            break
    return bytes(body[:_MOST_BYTES])


def _reason(error: Exception) -> str:
    """In words, without what libraries put around them."""
    if isinstance(error, httpcore.TimeoutException | TimeoutError):
        return "no answer in time"
    text = str(error)
    if "certificate verify failed" in text:
        return f"its certificate is not trusted:{text.partition('certificate verify failed:')[2]}".partition(
            " (_ssl"
        )[0]
    if "refused" in text:
        return "nobody listens there"
    return text or type(error).__name__
