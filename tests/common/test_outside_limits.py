"""Nobody outside can cost us more than a little time and space."""

import gzip
import time
import zlib

import pytest

from common import outside
from common.outside import Refused, Unreachable, fetch


def drip(request, before: bytes, drop: bytes) -> None:
    request.wfile.write(before)
    for _ in range(200):
        request.wfile.write(drop)
        request.wfile.flush()
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("before", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"<p>"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", b"X-Drop: 1\r\n"),
        (b"", b""),
    ],
    ids=["body", "headers", "nothing"],
)
def test_slow_drip_ends_when_the_time_for_everything_is_over(elsewhere, settings, before, drop):
    settings.OUTSIDE_SECONDS = 0.5
    elsewhere.answers["/"] = lambda request: drip(request, before, drop)
    started = time.monotonic()

    with pytest.raises(Unreachable):
        fetch(elsewhere.url())
    assert time.monotonic() - started < 3


def test_redirects_share_the_time(elsewhere, settings):
    settings.OUTSIDE_SECONDS = 0.5

    def slowly(request):
        time.sleep(0.3)
        request.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n")

    elsewhere.answers["/"] = slowly
    with pytest.raises(Unreachable):
        fetch(elsewhere.url())
    assert len(elsewhere.heard) <= 2


def test_slow_name_server_ends_too(names, settings, monkeypatch):
    settings.OUTSIDE_SECONDS = 0.2
    monkeypatch.setattr(outside.socket, "getaddrinfo", lambda *args, **more: time.sleep(2) or [])

    with pytest.raises(Unreachable):
        fetch("http://slow.example.org/")


def test_large_page_is_cut(elsewhere, settings):
    settings.OUTSIDE_MAX_BYTES = 1000
    elsewhere.says("/", b"a" * 5000)

    answer = fetch(elsewhere.url())

    assert (len(answer.body), answer.is_whole) == (1000, False)


def test_caller_may_ask_for_more_or_less(elsewhere, settings):
    settings.OUTSIDE_MAX_BYTES = 1000
    elsewhere.says("/", b"a" * 5000)

    assert len(fetch(elsewhere.url(), max_bytes=10).body) == 10
    assert fetch(elsewhere.url(), max_bytes=5000).is_whole


def test_endless_page_is_cut(elsewhere):
    def endless(request):
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            request.wfile.write(b"a" * 65536)

    elsewhere.answers["/"] = endless

    assert not fetch(elsewhere.url()).is_whole


def test_gzip_bomb_is_not_unpacked_beyond_the_limit(elsewhere, settings, monkeypatch):
    """A hundred megabytes in a hundred kilobytes."""
    elsewhere.says("/", gzip.compress(b"\0" * 100_000_000), Content_Encoding="gzip")
    largest = 0
    real = zlib.decompressobj

    class Watched:
        def __init__(self, *args, **more):
            self._real = real(*args, **more)

        def decompress(self, data, max_length=0):
            nonlocal largest
            found = self._real.decompress(data, max_length)
            largest = max(largest, len(found))
            return found

    monkeypatch.setattr(outside.zlib, "decompressobj", Watched)
    answer = fetch(elsewhere.url())

    assert (len(answer.body), answer.is_whole) == (settings.OUTSIDE_MAX_BYTES, False)
    assert 0 < largest <= settings.OUTSIDE_MAX_BYTES + 1


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "zstd"])
def test_unasked_packing_is_refused(elsewhere, encoding):
    elsewhere.says("/", b"....", Content_Encoding=encoding)

    with pytest.raises(Refused):
        fetch(elsewhere.url())


def test_broken_packing_is_refused(elsewhere):
    elsewhere.says("/", b"this is no gzip at all", Content_Encoding="gzip")

    with pytest.raises(Refused):
        fetch(elsewhere.url())


@pytest.mark.parametrize(
    "noise", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: " + b"a" * 300_000]
)
def test_what_is_no_http_is_no_answer(elsewhere, noise):
    elsewhere.answers["/"] = lambda request: request.wfile.write(noise)

    with pytest.raises(Unreachable):
        fetch(elsewhere.url())
