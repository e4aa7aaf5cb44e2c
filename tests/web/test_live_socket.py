"""The socket of an open page ends when it should, and bears with rude clients."""

import pytest
from django.test import Client

from accounts.actions import end_sessions, suspend_user
from common.realtime import Push
from tests.factories import PASSWORD, make_tweet
from tests.web.sockets import PATIENCE_SECONDS
from tweets.actions import delete_tweet

pytestmark = pytest.mark.django_db(transaction=True)


# --- The end ----------------------------------------------------------------------------------------


def test_logging_out_ends_the_socket_of_that_session_alone(live, bob):
    here, there = Client(), Client()
    for client in (here, there):
        client.post("/login/", {"login": "bob", "password": PASSWORD})
    gone, kept = (live.browser(client).open("home") for client in (here, there))
    here.post("/logout/")

    assert gone.code() == 4001
    assert kept.is_silent()


@pytest.mark.parametrize("how", ["sessions ended", "suspended"])
def test_a_session_that_ended_elsewhere_ends_the_socket(live, bob, staff, as_bob, how, events_happen):
    page = live.browser(as_bob).open("home")
    with events_happen():
        if how == "suspended":
            suspend_user(staff, bob)
        else:
            as_bob.session.flush()
            end_sessions(bob.id)

    assert page.code() == 4001


def test_a_session_is_looked_at_every_few_minutes(live, bob, as_bob, settings):
    settings.LIVE_LOOK_SECONDS = 0.2
    page = live.browser(as_bob).open("home")
    as_bob.session.flush()  # nobody tells

    assert page.code() == 4001


def test_what_left_before_the_page_asked_for_it_is_told_at_once(live, alice):
    kept, deleted, private = make_tweet(alice), make_tweet(alice), make_tweet(alice, visibility="followers")
    delete_tweet(alice, deleted)
    page = live.browser().open("local")
    page.watch(kept.id, deleted.id, private.id)

    assert page.hear("gone") == sorted([str(deleted.id), str(private.id)])
    assert page.is_silent()


def test_at_the_end_of_the_server_pages_are_told_to_come_again(live):
    page = live.browser().open("local")
    live.loop.call_soon_threadsafe(live.hub.stop)

    assert page.code() == 1012


def test_while_nothing_arrives_pages_ask_by_themselves(live):
    page = live.browser().open("local")
    live.loop.call_soon_threadsafe(live.bus.well, False)
    assert page.code() == 1013

    late = live.browser()
    assert late.next() == {"type": "websocket.accept"}
    late.say({"place": "local"})
    assert late.code() == 1013


def test_who_takes_nothing_is_sent_away(live, alice, events_happen, monkeypatch):
    monkeypatch.setattr("web.live.socket._MOST_WAITING", 4)
    tweets = [make_tweet(alice, f"Number {n}") for n in range(8)]
    slow, quick = (live.browser().open("local", [tweet.id for tweet in tweets]) for _ in range(2))
    slow.takes.clear()
    for tweet in tweets:  # one after the other, or the quick one may have four waiting, too
        live.push(Push((f"tweet:{tweet.id}",), "counts", tweet.id, {}))
        assert set(quick.hear("counts")) == {str(tweet.id)}
    slow.takes.set()

    assert slow.code() == 1013


def test_a_line_that_is_stuck_is_given_up(live, alice, monkeypatch):
    monkeypatch.setattr("web.live.socket._SEND_SECONDS", 0.2)
    tweet = make_tweet(alice)
    page = live.browser().open("local", [tweet.id])
    page.takes.clear()
    live.push(Push((f"tweet:{tweet.id}",), "counts", tweet.id, {}))
    page.served.result(PATIENCE_SECONDS)

    assert live.hub._subscriptions == set()


def test_a_line_that_the_server_gave_up_ends_without_a_word(live, alice, caplog):
    tweet = make_tweet(alice)
    page = live.browser().open("local", [tweet.id])
    page.is_closed = True
    live.push(Push((f"tweet:{tweet.id}",), "counts", tweet.id, {}))
    assert page.served.result(PATIENCE_SECONDS) is None

    assert live.hub._subscriptions == set()
    assert caplog.messages == []


# --- Rude clients -----------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["", "hello", "[]", "[" * 3000, '{"place":', "null", "1e999999"])
def test_what_no_page_of_ours_says_ends_it(live, said):
    page = live.browser().open("local")
    page.say(said)

    assert page.code() == 1008


def test_a_message_that_is_too_long_ends_it(live):
    page = live.browser().open("local")
    page.say('{"tweets": "' + "x" * 5000 + '"}')

    assert page.code() == 1009


def test_a_flood_ends_it(live):
    page = live.browser().open("local")
    for _ in range(100):
        page.say({"tweets": []})

    assert page.code() == 1008


@pytest.mark.parametrize(
    "odd", [{"tweets": {}}, {"tweets": [None, "x", -1, "9" * 30, []]}, {"age": "old"}, {"age": -1}]
)
def test_odd_values_do_no_harm(live, alice, odd, events_happen):
    page = live.browser()
    page.next()
    page.say({"place": "local", **odd})
    page.hear("ready")
    with events_happen():
        make_tweet(alice, "Good morning")

    assert page.hear("new")


def test_who_says_nothing_is_sent_away(live, monkeypatch):
    monkeypatch.setattr("web.live.socket._HELLO_SECONDS", 0.1)
    page = live.browser()

    assert page.code() == 1008


def test_one_person_and_one_address_hold_so_many_at_most(live, bob, as_bob, settings):
    settings.LIVE_PER_PERSON, settings.LIVE_PER_ADDRESS = 2, 4
    first, _ = (live.browser(as_bob).open("home") for _ in range(2))
    assert live.browser(as_bob).next()["status"] == 429
    first.leave()
    live.browser(as_bob).open("home")
    settings.LIVE_PER_PERSON = 30
    refused = [live.browser().next() for _ in range(4)][-1]
    assert refused["status"] == 429
    assert (b"retry-after", b"60") in refused["headers"]
    live.browser(address="192.0.2.2").open("local")


def test_nothing_is_kept_of_a_page_that_left(live, as_bob):
    page = live.browser(as_bob).open("home", [1, 2])
    page.leave()

    assert live.hub._subscriptions == set()
    assert live.hub._listeners == {}
    assert not live.socket._addresses._open
    assert not live.socket._people._open


def test_there_is_one_address(live):
    page = live.browser(path="/live/news")

    assert page.next() == {"type": "websocket.close", "code": 1008}


def test_a_stranger_with_an_odd_cookie_is_a_visitor(live, alice, events_happen):
    page = live.browser(headers=[(b"cookie", b"session=../../x; \xff=1")]).open("home")
    with events_happen():
        make_tweet(alice, "Good morning")

    assert page.is_silent()


def test_people_are_counted_by_the_address_behind_the_proxy(live, settings):
    settings.TRUSTED_PROXIES, settings.LIVE_PER_ADDRESS = 1, 2
    behind = [(b"x-forwarded-for", b"203.0.113.9, 198.51.100.4")]
    for _ in range(2):
        live.browser(headers=behind).open("local")
    assert live.browser(headers=behind).next()["status"] == 429
    live.browser(headers=[(b"x-forwarded-for", b"198.51.100.5")]).open("local")
