"""How lines begin, what ends them, and what they bear."""

import pytest

from accounts.actions import suspend_user
from clients.actions import end_all_of, end_app_of
from clients.models import App
from common.realtime import Push
from tests.api.streaming.lines import EventLine, SocketLine, token_for
from tests.factories import make_tweet
from tests.web.sockets import PATIENCE_SECONDS

pytestmark = pytest.mark.django_db(transaction=True)
INVALID = {"error": "The access token is invalid"}
ANSWERS = ["user", "user/notification", "public", "public/local", "public/remote", "direct"]


def push(streams, *tweets):
    for tweet in tweets:
        streams.push(Push(("local",), "new", tweet.id, {}))


# --- The beginning ----------------------------------------------------------------------------------


def test_a_socket_takes_the_token_in_any_of_three_places(streams, alice):
    token = token_for(alice)
    SocketLine(streams, token=token).accepted()
    SocketLine(streams, access_token=token).accepted()
    line = SocketLine(streams, subprotocol=token).accepted()

    assert line.subprotocol == token  # or a browser would hang up


def test_events_take_the_token_in_the_address_too(streams, alice):
    EventLine(streams, "user", access_token=token_for(alice)).opened()


@pytest.mark.parametrize("kind", [SocketLine, lambda house, **more: EventLine(house, "public", **more)])
def test_without_a_token_of_a_person_nothing_opens(streams, alice, kind):
    for token in ("", "wrong", token_for(None, "read"), "x" * 5000):
        assert kind(streams, token=token).refusal() == (401, INVALID)


@pytest.mark.parametrize("path", ANSWERS)
def test_each_stream_has_an_address(streams, alice, path):
    line = streams.events(alice, path)

    assert line.headers[b"content-type"] == b"text/event-stream"
    assert line.headers[b"access-control-allow-origin"] == b"*"


@pytest.mark.parametrize("path", ANSWERS)
def test_an_address_wants_its_scope(streams, alice, path):
    scopes = "read:accounts write follow push profile"
    answer = EventLine(streams, path, token=token_for(alice, scopes)).refusal()

    assert answer == (403, {"error": "This action is outside the authorized scopes"})


def test_what_there_is_not_is_said_so(streams, alice):
    token = token_for(alice)
    for path in ("", "home", "public/media", "user/x", "userx", "../live"):
        said = EventLine(streams, path, token=token).refusal()
        assert said == (400, {"error": "Unknown channel requested"})
    assert EventLine(streams, "list", token=token, list="99").refusal()[0] == 404
    assert EventLine(streams, "list", token=token).refusal() == (400, {"error": "Missing list id parameter"})
    assert EventLine(streams, "hashtag", token=token, tag=" # ").refusal() == (
        400,
        {"error": "Missing tag name parameter"},
    )
    assert SocketLine(streams, "/api/v1/streaming/user", token=token).refusal()[0] == 404


def test_the_health_of_streams(streams):
    healthy = EventLine(streams, "health")
    assert (healthy.next()["status"], healthy.next()["body"]) == (200, b"OK")
    streams.loop.call_soon_threadsafe(streams.bus.well, False)
    assert EventLine(streams, "health").next()["status"] == 503


def test_a_socket_may_begin_with_a_stream_in_its_address(streams, alice, bob):
    line = SocketLine(streams, token=token_for(bob), stream="hashtag", tag="tea").accepted()
    streams.settle()
    tweet = make_tweet(alice, "#tea")
    streams.push(Push(("tag:tea",), "new", tweet.id, {}))

    assert line.event()[0] == "update"
    assert line.stream == ["hashtag", "tea"]


def test_two_streams_on_one_line_say_which_they_are_and_one_may_leave(streams, alice, bob):
    line = streams.open(bob, "public", "public:local", "public")  # the third changes nothing
    push(streams, make_tweet(alice))
    said = [line.message()["stream"], line.message()["stream"]]
    assert sorted(said) == [["public"], ["public:local"]]
    assert line.is_silent()

    line.unsubscribe("public")
    line.unsubscribe("public")
    line.unsubscribe("direct")
    push(streams, make_tweet(alice))
    assert line.message()["stream"] == ["public:local"]
    assert line.is_silent()


# --- The end ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["this app", "all apps", "suspended"])
def test_whoever_is_not_let_in_any_more_is_told_no_more(streams, alice, bob, staff, how):
    socket, events, other = streams.open(bob, "public"), streams.events(bob, "public"), streams.open(alice)
    idle = streams.open(bob)
    if how == "this app":
        for app in App.objects.all():
            end_app_of(bob, app.id)
    elif how == "all apps":
        end_all_of(bob.id)
    else:
        suspend_user(staff, bob)

    assert socket.code() == idle.code() == 4001
    events.ends()
    assert other.is_silent()


def test_another_app_of_the_same_person_stays(streams, bob):
    gone, kept = streams.open(bob), streams.open(bob)
    end_app_of(bob, App.objects.order_by("id").first().id)

    assert gone.code() == 4001
    assert kept.is_silent()


def test_tokens_are_looked_at_every_few_minutes(streams, bob, settings):
    settings.LIVE_LOOK_SECONDS = 0.2
    socket, events = streams.open(bob, "user"), streams.events(bob, "user")
    App.objects.all().delete()  # nobody tells

    assert socket.code() == 4001
    events.ends()


def test_at_the_end_of_the_server_apps_are_told_to_come_again(streams, alice):
    socket, events = streams.open(alice, "public"), streams.events(alice, "public")
    streams.loop.call_soon_threadsafe(streams.hub.stop)

    assert socket.code() == 1012
    events.ends()


def test_while_nothing_arrives_no_line_opens(streams, alice):
    socket = streams.open(alice, "public")
    streams.loop.call_soon_threadsafe(streams.bus.well, False)

    assert socket.code() == 1013
    assert EventLine(streams, "public", token=token_for(alice)).refusal()[0] == 503
    assert SocketLine(streams, token=token_for(alice)).accepted().code() == 1013


def test_whoever_leaves_is_forgotten(streams, alice):
    socket, events = streams.open(alice, "public", "user"), streams.events(alice, "public")
    socket.leave()
    events.put({"type": "http.disconnect"})
    events.served.result(PATIENCE_SECONDS)

    assert streams.hub._subscriptions == set()
    assert streams.hub._listeners == {}


def test_who_takes_nothing_is_sent_away_and_the_others_go_on(streams, alice, bob, monkeypatch):
    monkeypatch.setattr("api.streaming.socket.MOST_WAITING", 4)
    monkeypatch.setattr("api.streaming.events.MOST_WAITING", 4)
    slow, quick = streams.open(bob, "public"), streams.open(alice, "public")
    lazy = streams.events(bob, "public")
    slow.takes.clear()
    lazy.takes.clear()
    for _ in range(8):
        push(streams, make_tweet(alice))
        quick.event()
    slow.takes.set()
    lazy.takes.set()

    assert slow.code() == 1013
    lazy.ends()


def test_a_line_that_the_server_gave_up_ends_without_a_word(streams, alice, caplog):
    socket = streams.open(alice, "public")
    socket.is_closed = True
    push(streams, make_tweet(alice))
    socket.served.result(PATIENCE_SECONDS)

    assert streams.hub._subscriptions == set()
    assert caplog.messages == []


def test_a_line_that_is_stuck_is_given_up(streams, alice, monkeypatch):
    monkeypatch.setattr("api.streaming.socket._SEND_SECONDS", 0.2)
    monkeypatch.setattr("common.realtime.sse._SEND_SECONDS", 0.2)
    socket, events = streams.open(alice, "public"), streams.events(alice, "public")
    for line in (socket, events):
        line.takes.clear()
    push(streams, make_tweet(alice))
    for line in (socket, events):
        line.served.result(PATIENCE_SECONDS)

    assert streams.hub._subscriptions == set()


def test_a_quiet_line_of_events_is_kept_alive(streams, alice, monkeypatch):
    monkeypatch.setattr("common.realtime.sse._HEARTBEAT_SECONDS", 0.05)
    line = streams.events(alice, "public", heartbeat=1)

    assert line.next()["body"] == b":\n\n"
