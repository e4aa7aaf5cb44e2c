"""What several tests of the ground share: names of the outside, a real Redis."""

import socket
from collections.abc import Iterator

import pytest

from common import outside
from tests.redis_server import RedisServer, no_redis


@pytest.fixture(autouse=True)
def _nobody_outside_is_asked() -> None:
    """These tests are about looking names up, and bring their own."""


@pytest.fixture
def names(monkeypatch):
    """Names of the outside, each with the addresses it has one look-up after the other."""
    known: dict[str, list[list[str]]] = {}
    real = socket.getaddrinfo

    def look_up(host, port, *args, **more):
        if host not in known:
            return real(host, port, *args, **more)
        addresses = known[host].pop(0) if len(known[host]) > 1 else known[host][0]
        family = [socket.AF_INET6 if ":" in address else socket.AF_INET for address in addresses]
        return [
            (kind, socket.SOCK_STREAM, 6, "", (address, port))
            for kind, address in zip(family, addresses, strict=True)
        ]

    monkeypatch.setattr(outside.socket, "getaddrinfo", look_up)
    return known


@pytest.fixture
def redis(tmp_path) -> Iterator[RedisServer]:
    if no_redis():
        pytest.skip("no redis-server found")
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()
