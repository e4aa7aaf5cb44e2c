"""The way out, for what is brought to another server."""

import pytest

from common.outside import Refused, Unreachable, deliver, may_deliver


def test_what_is_brought_arrives(elsewhere, settings):
    elsewhere.says("/push?to=bob", status=201)

    assert deliver(elsewhere.url("/push?to=bob"), b"\0sealed", {"TTL": "60"}) == 201
    (heard,) = elsewhere.heard
    assert (heard.command, heard.body, heard.headers["TTL"]) == ("POST", b"\0sealed", "60")
    assert heard.headers["User-Agent"] == f"TwitterClone (+{settings.SITE_URL})"


@pytest.mark.parametrize("status", [301, 404, 500])
def test_the_status_is_told_and_nothing_is_followed(elsewhere, status):
    elsewhere.says("/", status=status, Location="/other")

    assert deliver(elsewhere.url("/"), b"x", {}) == status
    assert len(elsewhere.heard) == 1


def test_loopback_stays_closed_by_default(elsewhere, settings):
    settings.OUTSIDE_ALLOWS_LOOPBACK = False
    with pytest.raises(Refused):
        deliver(elsewhere.url("/"), b"x", {})
    assert elsewhere.heard == []


def test_a_server_that_hangs_up_or_dawdles_is_unreachable(elsewhere, settings):
    settings.OUTSIDE_SECONDS = 0.5
    elsewhere.answers["/silent"] = lambda request: request.rfile.read(1)
    elsewhere.answers["/gone"] = lambda request: request.connection.close()
    for path in ("/silent", "/gone"):
        with pytest.raises(Unreachable):
            deliver(elsewhere.url(path), b"x", {})


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://push.example/x", True),
        ("http://push.example/x", False),
        ("https://push.example:8443/x", False),
        ("https://a:b@push.example/x", False),
        ("mailto:a@push.example", False),
        ("", False),
    ],
)
def test_where_one_may_deliver(url, may, settings):
    settings.OUTSIDE_ALLOWS_LOOPBACK = False

    assert may_deliver(url) is may
