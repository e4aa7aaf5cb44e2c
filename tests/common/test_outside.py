"""The way out: what comes back, and that only public addresses are asked."""

import gzip
import socket

import httpcore
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from common import outside
from common.outside import Refused, Unreachable, fetch


def test_page_is_read(elsewhere, settings):
    elsewhere.says("/page?a=b", "<p>Grüße</p>".encode("latin-1"), Content_Type="text/html; charset=latin-1")

    answer = fetch(elsewhere.url("/page?a=b#part"))

    assert (answer.status, answer.content_type, answer.text) == (200, "text/html", "<p>Grüße</p>")
    assert answer.is_whole
    asked = elsewhere.heard[0].headers
    assert asked["User-Agent"] == f"TwitterClone (+{settings.SITE_URL})"
    assert asked["Host"] == f"127.0.0.1:{elsewhere.server_port}"
    assert asked["Cookie"] is None


@pytest.mark.parametrize("charset", ["klingon", "idna", "undefined", "punycode"])
def test_text_survives_an_encoding_nobody_knows(elsewhere, charset):
    elsewhere.says("/", "<p>Grüße</p>".encode(), Content_Type=f"text/html; charset={charset}")

    assert fetch(elsewhere.url()).text == "<p>Grüße</p>"


def test_page_says_itself_how_it_is_written(elsewhere):
    page = "<meta charset=windows-1251><title>Привет</title>"
    elsewhere.says("/", page.encode("cp1251"))

    assert fetch(elsewhere.url()).text == page


def test_packed_page_is_unpacked(elsewhere):
    elsewhere.says("/", gzip.compress(b"<p>small</p>"), Content_Encoding="gzip")

    assert fetch(elsewhere.url()).body == b"<p>small</p>"


def test_missing_page_is_an_answer_too(elsewhere):
    elsewhere.says("/", b"not here", status=404)

    answer = fetch(elsewhere.url())

    assert (answer.status, answer.body) == (404, b"")


def test_only_wanted_types_are_taken(elsewhere):
    elsewhere.says("/", b"PNG", Content_Type="image/png")

    assert fetch(elsewhere.url(), accept=("image/",)).body == b"PNG"
    with pytest.raises(Refused):
        fetch(elsewhere.url())


# Whom we ask ----------------------------------------------------------------------------------------

FORBIDDEN = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "http://0x7f.0.0.1/",
    "http://0x7f000001/",
    "http://0/",
    "http://localhost/",
    "http://localhost./",
    "http://LOCALHOST/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://192.168.0.1/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    "http://[fe80::1]/",
    "http://[fd00::1]/",
    "http://\N{FULLWIDTH DIGIT ONE}27.0.0.1/",
    "http://127。0。0。1/",
    "http://ⓛocalhost/",
    "http://user:secret@8.8.8.8/",
    "http://user@8.8.8.8/",
    "http://8.8.8.8:22/",
    "http://8.8.8.8:8080/",
    "https://8.8.8.8:6379/",
    "ftp://8.8.8.8/",
    "file:///etc/passwd",
    "gopher://8.8.8.8/",
    "javascript:alert(1)",
    "//8.8.8.8/",
    "http://",
    "http:///path",
    "http://./",
    "http://[::1/",
    "http://8.8.8.8:99999/",
    "http://xn--\N{SNOWMAN}/",
    "http://xn--/",
    "http://xn--a/",
    "http://a b/",
    "nonsense",
    "",
    "http://8.8.8.8/" + "a" * 3000,
]


@pytest.fixture
def nobody_is_known(monkeypatch, no_connection):
    """Names are looked at as the system does, and then unknown."""

    def unknown(host, *args, **more):
        host.encode("idna")
        if "\0" in host:
            raise ValueError("embedded null byte")
        raise socket.gaierror

    monkeypatch.setattr(outside.socket, "getaddrinfo", unknown)


@pytest.fixture
def no_connection(monkeypatch):
    def connect(*args: object, **more: object) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)


@given_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=40), st.text("a:/.@[]%0\0\\?#xn-ü", max_size=20).map("http://{}".format)))
def test_no_address_raises_anything_else(nobody_is_known, url):
    with pytest.raises((Refused, Unreachable)):
        fetch(url)


@pytest.mark.parametrize("url", FORBIDDEN, ids=lambda url: url[:60])
def test_forbidden_places_are_not_even_connected(url, no_connection):
    with pytest.raises((Refused, Unreachable)):
        fetch(url)


def test_loopback_stays_closed_by_default(elsewhere, settings):
    settings.OUTSIDE_ALLOWS_LOOPBACK = False
    elsewhere.says("/", b"inside")

    with pytest.raises(Refused):
        fetch(elsewhere.url())
    assert elsewhere.heard == []


@pytest.mark.parametrize("address", ["10.0.0.1", "::ffff:10.0.0.1", "fe80::1"])
def test_name_of_a_private_address_is_refused(names, address, no_connection):
    names["inside.example.org"] = [[address]]

    with pytest.raises(Refused):
        fetch("http://inside.example.org/")


def test_name_with_one_private_address_among_public_ones_is_refused(names, no_connection):
    names["mixed.example.org"] = [["8.8.8.8", "192.168.0.1"]]

    with pytest.raises(Refused):
        fetch("http://mixed.example.org/")


def test_connection_goes_to_the_address_that_was_checked(names, monkeypatch):
    """A name that is public when it is asked and private a moment later finds nobody to ask again."""
    names["fickle.example.org"] = [["8.8.8.8"], ["127.0.0.1"]]
    connected = []

    def connect(self, host, port, **more):
        connected.append((host, port))
        raise httpcore.ConnectError

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with pytest.raises(Unreachable):
        fetch("http://fickle.example.org/")

    assert connected == [("8.8.8.8", 80)]
    assert names["fickle.example.org"] == [["127.0.0.1"]]  # looked up once


def test_page_is_asked_for_by_name_though_connected_by_number(elsewhere, names):
    names["pages.example.org"] = [["127.0.0.1"]]
    elsewhere.says("/", b"hello")

    assert fetch(elsewhere.url(host="pages.example.org.")).body == b"hello"
    assert elsewhere.heard[0].headers["Host"] == f"pages.example.org:{elsewhere.server_port}"


def test_certificate_is_asked_of_the_name(names, monkeypatch):
    names["safe.example.org"] = [["8.8.8.8"]]
    asked = []

    class Stream(httpcore.NetworkStream):
        def start_tls(self, ssl_context, server_hostname=None, timeout=None):
            asked.append((server_hostname, ssl_context.check_hostname, ssl_context.verify_mode.name))
            raise httpcore.ConnectError

        def close(self):
            pass

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", lambda self, *args, **more: Stream())
    with pytest.raises(Unreachable):
        fetch("https://safe.example.org/")

    assert asked == [("safe.example.org", True, "CERT_REQUIRED")]


def test_second_address_is_tried_when_the_first_does_not_answer(elsewhere, names):
    names["two.example.org"] = [["::1", "127.0.0.1"]]  # the server listens on the second only
    elsewhere.says("/", b"found")

    assert fetch(elsewhere.url(host="two.example.org")).body == b"found"


def test_name_nobody_knows_may_be_known_later(nobody_is_known):
    with pytest.raises(Unreachable):
        fetch("http://nobody.example.org/")


def test_proxies_of_the_environment_are_not_used(elsewhere, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    elsewhere.says("/", b"direct")

    assert fetch(elsewhere.url()).body == b"direct"
