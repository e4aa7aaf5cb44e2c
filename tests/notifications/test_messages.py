"""Messages: apps hear of them as of mentions, once one takes part; pages tell of them in Messages alone."""

import pytest

from notifications.models import Notification
from notifications.queries import bundles_for, unread
from relationships.actions import block_user, follow_user, mute_user
from tests.api.calling import caller_for
from tests.conversations.messages import write
from tests.factories import make_tweet
from tweets.actions import delete_tweet
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


def told(person):
    return list(Notification.objects.filter(recipient=person).values_list("kind", "actor__username"))


def test_whoever_takes_part_is_told_once_and_the_author_is_not(alice, bob, events_happen):
    follow_user(bob, alice)
    with events_happen():
        write(alice, bob, text="A secret")

    assert told(bob) == [("direct", "alice")]
    assert ("direct", "alice") not in told(alice)


def test_a_direct_tweet_of_any_form_is_a_message(alice, bob, events_happen):
    follow_user(bob, alice)
    with events_happen():
        make_tweet(alice, "@bob a secret", visibility="direct")

    assert told(bob) == [("direct", "alice")]


def test_pages_neither_list_nor_count_it(alice, bob, as_bob, events_happen):
    follow_user(bob, alice)
    with events_happen():
        write(alice, bob, text="A secret")

    assert bundles_for(bob, limit=10) == []
    assert not unread(bob).exists()
    assert "A secret" not in as_bob.get("/notifications/").content.decode()


def test_apps_are_told_of_a_mention(alice, bob, events_happen):
    follow_user(bob, alice)
    with events_happen():
        write(alice, bob, text="A secret")
    app = caller_for(bob)

    (one,) = app.get("/api/v1/notifications?types[]=mention").json()
    assert (one["type"], one["account"]["acct"]) == ("mention", "alice")
    assert one["status"]["visibility"] == "direct"
    assert app.get("/api/v1/notifications/unread_count").json() == {"count": 1}
    assert app.get("/api/v1/notifications?exclude_types[]=mention").json() == []


def test_strangers_wait_in_requests_and_nobody_is_told(alice, bob, events_happen):
    with events_happen():
        write(alice, bob)
    assert told(bob) == []
    with events_happen():
        write(bob, alice, text="Who are you?")  # an answer is a welcome
        write(alice, bob, text="Alice")

    assert told(bob) == [("direct", "alice")]


@pytest.mark.parametrize("how", ["mutes", "mutes but notifications", "blocks"])
def test_the_muted_and_blocked_are_not_heard(alice, bob, how, events_happen):
    follow_user(bob, alice)
    with events_happen():
        write(bob, alice)
    if how == "blocks":
        conversation = write(alice, bob)
        block_user(bob, alice)
        assert conversation
    else:
        mute_user(bob, alice, hides_notifications=how == "mutes")
    with events_happen():
        if how != "blocks":
            write(alice, bob)

    assert len(told(bob)) == (1 if how == "mutes but notifications" else 0)


def test_what_was_taken_back_is_not_told(alice, bob, events_happen):
    follow_user(bob, alice)
    with events_happen():
        write(alice, bob, text="Oh no")
        delete_tweet(alice, Tweet.objects.get(text="Oh no"))

    assert told(bob) == []
