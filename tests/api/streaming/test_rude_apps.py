"""What lines of apps bear, and what ends them."""

import time
from datetime import datetime

import pytest

from common.realtime import Push
from tests.api.streaming.lines import EventLine, SocketLine, token_for
from tests.factories import make_tweet

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "hello",
        "[]",
        "[" * 3000,
        '{"type":',
        "null",
        "1e999999",
        '{"type": "subscribe"}',
        '{"stream": "user"}',
    ],
)
def test_what_makes_no_sense_is_answered_and_the_line_stays(streams, alice, said):
    line = streams.open(alice)
    line.say(said)
    assert line.message()["status"] == 400
    line.subscribe("public")
    streams.push(Push(("local",), "new", make_tweet(alice).id, {}))

    assert line.event()[0] == "update"


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"stream": "home"}, 400),
        ({"stream": "user:media"}, 400),
        ({"stream": 7}, 400),
        ({"stream": []}, 400),
        ({"stream": {"user": 1}}, 400),
        ({"stream": "hashtag"}, 400),
        ({"stream": "hashtag", "tag": 5}, 400),
        ({"stream": "hashtag", "tag": "x" * 3000}, 400),
        ({"stream": "list"}, 400),
        ({"stream": "list", "list": "x"}, 400),
        ({"stream": "list", "list": "9" * 30}, 400),
        ({"stream": "list", "list": {}}, 400),
        ({"stream": "list", "list": 12345}, 404),
    ],
)
def test_odd_wishes_are_refused_in_json(streams, alice, asked, status):
    line = streams.open(alice)
    line.say({"type": "subscribe", **asked})

    assert line.message()["status"] == status


def test_bytes_are_no_message(streams, alice):
    line = streams.open(alice)
    line.put({"type": "websocket.receive", "bytes": b"\xff\x00"})

    assert line.message()["status"] == 400


def test_a_stream_wants_its_scope_on_a_socket_too(streams, alice):
    line = streams.open(alice, scopes="read:statuses")
    line.subscribe("user:notification")

    assert line.message() == {"error": "This action is outside the authorized scopes", "status": 403}


def test_a_message_that_is_too_long_ends_it(streams, alice):
    line = streams.open(alice)
    line.say('{"tag": "' + "x" * 5000 + '"}')

    assert line.code() == 1009


def test_a_flood_ends_it(streams, alice):
    line = streams.open(alice)
    for _ in range(200):
        line.say({"type": "unsubscribe", "stream": "user"})

    assert line.code() == 1008


def test_one_line_holds_so_many_streams(streams, alice, monkeypatch):
    monkeypatch.setattr("api.streaming.socket._MOST_CHANNELS", 2)
    line = streams.open(alice, "public", "user", "direct")

    assert line.message() == {"error": "Too many streams on this line", "status": 429}


def test_one_person_and_one_address_hold_so_many_lines(streams, alice, bob, settings):
    settings.LIVE_PER_PERSON = 2
    kept = [streams.open(alice), streams.events(alice, "user")]
    assert SocketLine(streams, token=token_for(alice)).refusal()[0] == 429
    assert EventLine(streams, "user", token=token_for(alice)).refusal()[0] == 429
    kept[0].leave()
    streams.open(alice)

    settings.LIVE_PER_ADDRESS = 2
    assert SocketLine(streams, token=token_for(bob)).refusal()[0] == 429
    SocketLine(streams, token=token_for(bob), address="192.0.2.2").accepted()


@pytest.mark.parametrize("whose", ["LIVE_PER_PERSON", "LIVE_PER_ADDRESS"])
def test_who_holds_too_many_hears_how_many_and_when_to_come_again(streams, alice, settings, whose):
    setattr(settings, whose, 2)
    streams.open(alice), streams.events(alice, "user")
    for line in (
        SocketLine(streams, token=token_for(alice)),
        EventLine(streams, "user", token=token_for(alice)),
    ):
        status, headers, _ = line.whole_refusal()
        assert status == 429
        assert (headers["x-ratelimit-limit"], headers["x-ratelimit-remaining"]) == ("2", "0")
        assert headers["retry-after"] == "60"
        reset = datetime.fromisoformat(headers["x-ratelimit-reset"])
        assert 50 < reset.timestamp() - time.time() <= 60
        assert headers["x-ratelimit-reset"].endswith(".000Z")
        assert "X-RateLimit-Reset" in headers["access-control-expose-headers"]


def test_one_process_holds_so_many_lines(streams, alice, monkeypatch):
    monkeypatch.setattr("api.streaming.access._MOST_LINES", 2)
    first, _ = streams.open(alice), streams.events(alice, "user")
    assert SocketLine(streams, token=token_for(alice)).refusal()[0] == 503
    assert EventLine(streams, "user", token=token_for(alice)).refusal()[0] == 503
    first.leave()
    streams.open(alice)
