"""The doctor at the front door: each finding where all is well, and where something real is wrong."""

import socket

import pytest

from common import own_site
from server.checks import State, Visit
from server.checks.addresses import (
    look_at_address,
    look_at_front,
    look_at_name,
    look_at_plain_http,
    look_at_proxies,
)
from server.checks.live import look_at_sockets
from tests.server.front_doors import secured

NOBODY = Visit()


@pytest.fixture
def site_at(settings):
    """Say where the site is, as the settings would."""

    def at(url: str, *, is_local: bool = False) -> None:
        settings.SITE_URL = url
        settings.SITE_IS_HTTPS = url.startswith("https")
        settings.SITE_IS_LOCAL = is_local

    return at


@pytest.fixture
def ours(elsewhere, site_at):
    """A front door that leads to us."""
    site_at(elsewhere.url("").rstrip("/"))
    elsewhere.says("/robots.txt", f"Sitemap: {elsewhere.url('/sitemap.xml')}\n".encode())
    return elsewhere


def closed_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return unused.getsockname()[1]


@pytest.mark.parametrize(
    ("url", "is_local", "state", "words"),
    [
        ("https://chirp.example", False, State.GOOD, "ALLOWED_HOSTS names its host"),
        ("https://other.example", False, State.BAD, "ALLOWED_HOSTS does not name other.example"),
        ("http://chirp.example", False, State.BAD, "passwords travel readable"),
        ("http://localhost:8000", True, State.WARNING, "only this machine"),
        ("https://[2001:db8::1]", False, State.GOOD, "ALLOWED_HOSTS names"),
    ],
)
def test_address_and_hosts(settings, site_at, url, is_local, state, words):
    settings.ALLOWED_HOSTS = ["chirp.example", "localhost", "[2001:db8::1]"]
    site_at(url, is_local=is_local)
    finding = look_at_address(NOBODY)
    assert finding.state == state
    assert words in finding.found
    assert bool(finding.mend) == (state in {State.BAD, State.WARNING})


@pytest.mark.parametrize(
    ("host", "state", "words"),
    [
        ("8.8.8.8", State.GOOD, "leads to 8.8.8.8"),
        ("192.168.1.7", State.WARNING, "192.168.1.7, which is not on the public internet"),
        ("nobody.invalid", State.BAD, "Nobody knows where nobody.invalid is"),
    ],
)
def test_name_in_dns(site_at, host, state, words):
    site_at(f"https://{host}")
    finding = look_at_name(NOBODY)
    assert (finding.state, words in finding.found) == (state, True), finding


def test_a_trial_has_no_name(site_at):
    site_at("http://localhost:8000", is_local=True)
    assert look_at_name(NOBODY).state == State.IDLE


def test_front_door_that_leads_to_us(ours):
    assert look_at_front(NOBODY).state == State.GOOD
    assert ours.heard[0].headers["Host"] == ours.url("").removeprefix("http://").rstrip("/")


def test_our_own_address_may_be_private_without_the_switch_for_tests(ours, settings):
    settings.OUTSIDE_ALLOWS_LOOPBACK = False
    assert look_at_front(NOBODY).state == State.GOOD


@pytest.mark.parametrize(
    ("answer", "words", "mend"),
    [
        ({"status": 301, "Location": "{site}/robots.txt"}, "back to the address", "X-Forwarded-Proto"),
        ({"status": 302, "Location": "https://www.x.example/"}, "leads to https://www.x", "Set SITE_URL"),
        ({"status": 400}, "answers 400", "ALLOWED_HOSTS"),
        ({"status": 502}, "does not reach the site", "HOST and PORT"),
        ({"status": 500}, "answers 500", "log"),
        ({"body": b"It works!"}, "something else than this site", "DNS"),
    ],
    ids=["loop", "elsewhere", "host", "gateway", "failure", "another"],
)
def test_front_door_that_does_not(ours, answer, words, mend):
    said = {
        name: value.replace("{site}", ours.url("").rstrip("/")) if isinstance(value, str) else value
        for name, value in answer.items()
    }
    ours.says("/robots.txt", **said)
    finding = look_at_front(NOBODY)
    assert finding.state == State.BAD
    assert words in finding.found
    assert mend in finding.mend


def test_nobody_at_the_front_door(site_at):
    site_at(f"http://127.0.0.1:{closed_port()}")
    finding = look_at_front(NOBODY)
    assert finding.state == State.BAD
    assert "nobody listens there" in finding.found


@pytest.mark.parametrize(("days", "state"), [(60, State.GOOD), (5, State.WARNING)])
def test_how_long_the_certificate_holds(tmp_path, site_at, monkeypatch, days, state):
    with secured(tmp_path, days=days) as (server, trusting):
        site_at(server.url("").replace("http://", "https://").rstrip("/"))
        server.says("/robots.txt", f"Sitemap: {own_site.settings.SITE_URL}/sitemap.xml".encode())
        monkeypatch.setattr(own_site, "certificates", lambda: trusting)
        finding = look_at_front(NOBODY)
    assert finding.state == state
    assert "certificate" in finding.found


@pytest.mark.parametrize("days", [60, -1], ids=["self-made", "expired"])
def test_a_certificate_nobody_trusts(tmp_path, site_at, days):
    with secured(tmp_path, days=days) as (server, _):
        site_at(server.url("").replace("http://", "https://").rstrip("/"))
        finding = look_at_front(NOBODY)
    assert finding.state == State.BAD
    assert "certificate is not trusted" in finding.found


def test_an_expired_certificate(tmp_path, site_at, monkeypatch):
    with secured(tmp_path, days=-1) as (server, trusting):
        site_at(server.url("").replace("http://", "https://").rstrip("/"))
        monkeypatch.setattr(own_site, "certificates", lambda: trusting)
        finding = look_at_front(NOBODY)
    assert finding.state == State.BAD
    assert "expired" in finding.found


def test_without_encryption_nothing_is_asked_where_there_is_none(ours):
    assert look_at_plain_http(NOBODY).state == State.IDLE
    assert ours.heard == []


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ({"status": 301, "Location": "https://127.0.0.1/"}, State.GOOD),
        ({"status": 200}, State.BAD),
        ({"status": 301, "Location": "https://elsewhere.example/"}, State.BAD),
    ],
    ids=["led", "readable", "elsewhere"],
)
def test_whoever_types_the_name_alone(elsewhere, site_at, monkeypatch, answer, state):
    site_at("https://127.0.0.1")
    elsewhere.says("/", **answer)
    monkeypatch.setattr(own_site, "PLAIN_PORT", elsewhere.server_port)
    assert look_at_plain_http(NOBODY).state == state


def test_nobody_at_the_plain_port(site_at, monkeypatch):
    site_at("https://127.0.0.1")
    monkeypatch.setattr(own_site, "PLAIN_PORT", closed_port())
    assert look_at_plain_http(NOBODY).state == State.WARNING


@pytest.mark.parametrize(
    ("trusted", "client", "forwarded", "state", "words"),
    [
        (0, "", "", State.IDLE, "Only a browser"),
        (0, "8.8.8.8", "", State.GOOD, "public address"),
        (1, "8.8.8.8", "8.8.8.8", State.GOOD, "public address"),
        (0, "10.0.0.1", "8.8.8.8", State.BAD, "TRUSTED_PROXIES is 0"),
        (2, "10.0.0.1", "8.8.8.8", State.BAD, "came through 1"),
        (1, "10.0.0.1", "8.8.8.8, 10.0.0.1", State.WARNING, "seem to come from 10.0.0.1"),
    ],
)
def test_proxies(settings, site_at, trusted, client, forwarded, state, words):
    site_at("https://chirp.example")
    settings.TRUSTED_PROXIES = trusted
    finding = look_at_proxies(Visit(client=client, forwarded=forwarded))
    assert (finding.state, words in finding.found) == (state, True), finding
    assert "8.8.8.8" not in finding.found, "nobody's address is kept"


def test_pages_that_ask_need_no_socket(ours, settings):
    settings.LIVE_SOCKETS = False
    for said in (b"", b"{}", b'{"configuration": {"urls": {"streaming": null}}}'):
        ours.says("/api/v2/instance", said)
        assert look_at_sockets(NOBODY).state == State.IDLE
    assert {heard.path for heard in ours.heard} == {"/api/v2/instance"}


def test_a_command_goes_by_what_the_running_site_says(ours, settings):
    settings.LIVE_SOCKETS = False
    ours.says("/api/v2/instance", b'{"configuration": {"urls": {"streaming": "ws://x"}}}')
    ours.says("/live", b"It works!")
    assert look_at_sockets(NOBODY).state == State.BAD


@pytest.mark.parametrize("status", [404, 426, 502])
def test_a_proxy_that_keeps_the_upgrade_to_itself(ours, settings, monkeypatch, status):
    settings.LIVE_SOCKETS = True
    monkeypatch.setattr(ours.RequestHandlerClass, "protocol_version", "HTTP/1.1")
    ours.says("/live", status=status, Content_Length="0", Connection="close")
    finding = look_at_sockets(NOBODY)
    assert finding.state == State.BAD
    assert str(status) in finding.found
    assert "Upgrade" in finding.mend
    assert ours.heard[0].headers["Origin"] == ours.url("").rstrip("/")


def test_something_else_behind_the_front_door(ours, settings):
    settings.LIVE_SOCKETS = True
    ours.says("/live", b"It works!")  # by HTTP/1.0, which knows no sockets
    finding = look_at_sockets(NOBODY)
    assert finding.state == State.BAD
    assert "does not speak as a web socket" in finding.found


def test_nobody_answers_sockets(site_at, settings):
    settings.LIVE_SOCKETS = True
    site_at(f"http://127.0.0.1:{closed_port()}")
    finding = look_at_sockets(NOBODY)
    assert finding.state == State.BAD
    assert "nobody listens there" in finding.found
