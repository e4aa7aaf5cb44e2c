"""Where an answer leads is checked like the first address, and cookies stay behind."""

import httpcore
import pytest

from common.outside import Refused, Unreachable, fetch


@pytest.mark.parametrize(
    "target",
    [
        *("http://127.1/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://[::1]/"),
        *("http://[64:ff9b::a00:1]/", "http://[2002:a00:1::]/", "http://8.8.8.8:22/", "gopher://8.8.8.8/"),
    ],
)
def test_redirect_to_this_machine_and_inwards_is_refused(elsewhere, settings, names, target, monkeypatch):
    """As a real server does it: nothing on this machine is asked, whatever a public page says."""
    names["public.example.org"] = [["8.8.8.8"]]
    elsewhere.says("/", status=302, Location=target)
    connect = httpcore.SyncBackend.connect_tcp
    connected = []

    def connect_here(self, host, port, **more):
        connected.append(host)
        return connect(self, "127.0.0.1", elsewhere.server_port, **more)

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect_here)
    settings.OUTSIDE_ALLOWS_LOOPBACK = False
    with pytest.raises((Refused, Unreachable)):
        fetch("http://public.example.org/")

    assert connected == ["8.8.8.8"]


def test_redirects_are_followed_without_cookies(elsewhere):
    elsewhere.says("/", status=302, Location="/next", Set_Cookie="taste=sweet; Path=/")
    elsewhere.says("/next", b"there")

    answer = fetch(elsewhere.url())

    assert (answer.url, answer.body) == (elsewhere.url("/next"), b"there")
    assert elsewhere.heard[1].headers["Cookie"] is None


def test_no_more_than_three_redirects(elsewhere):
    for step in range(4):
        elsewhere.says(f"/{step}", status=301, Location=f"/{step + 1}")
    elsewhere.says("/4", b"too far")

    assert fetch(elsewhere.url("/1")).body == b"too far"
    with pytest.raises(Refused):
        fetch(elsewhere.url("/0"))


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/",
        "http://[::ffff:169.254.169.254]/",
        "file:///etc/passwd",
        "http://user:secret@8.8.8.8/",
        "//192.168.0.1/",
        "http://inside.example.org/",
        "http://[",
    ],
)
def test_redirect_is_checked_like_the_first_address(elsewhere, names, target):
    names["inside.example.org"] = [["10.1.2.3"]]
    elsewhere.says("/", status=302, Location=target)

    with pytest.raises((Refused, Unreachable)):
        fetch(elsewhere.url())
