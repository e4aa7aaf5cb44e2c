"""What open pages are told when something happened: only where, what kind, and an id; once each."""

import pytest
from django.test import Client

from accounts.actions import change_password, end_sessions, suspend_user
from common.realtime import Push
from conversations.actions import mark_read as mark_messages_read
from conversations.actions import send_message
from conversations.models import Conversation, Message
from notifications.actions import mark_read
from relationships.actions import follow_user
from tests.factories import PASSWORD, make_quote, make_reply, make_tweet, make_user
from tweets.actions import (
    delete_tweet,
    detach_quote,
    edit_tweet,
    hide_tweet,
    like_tweet,
    post_tweet,
    retweet,
    undo_retweet,
    unlike_tweet,
)
from tweets.draft import TweetDraft
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


def told(pushed: list[Push], kind: str = "new") -> set[tuple[str, int]]:
    return {(stream, push.id) for push in pushed if push.kind == kind for stream in push.streams}


def streams_of(pushed: list[Push]) -> set[str]:
    return {stream for stream, _ in told(pushed)}


def test_a_new_tweet_is_told_where_it_stands(alice, pushed, events_happen):
    with events_happen():
        tweet = make_tweet(alice, "Good morning #Tea")

    streams = {f"home:{alice.id}", "delivered", "local", "tag:tea"}
    assert told(pushed) == {(stream, tweet.id) for stream in streams}
    assert sum(len(push.streams) for push in pushed) == len(streams)  # each once


def test_what_a_page_sends_is_told_to_others_when_it_cannot_be_taken_back(alice, pushed, events_happen):
    with events_happen():
        tweet = post_tweet(alice, TweetDraft("Good morning", key="k" * 20), undo_seconds=60)

    assert told(pushed) == {(f"home:{alice.id}", tweet.id)}


@pytest.mark.parametrize("visibility", ["quiet", "followers"])
def test_words_for_fewer_are_not_told_to_local(alice, pushed, events_happen, visibility):
    with events_happen():
        make_tweet(alice, "Good morning", visibility=visibility)

    assert streams_of(pushed) == {f"home:{alice.id}", "delivered"}


def test_a_message_is_told_to_its_people_and_to_no_list(alice, bob, pushed, events_happen):
    with events_happen():
        send_message(alice, TweetDraft("A word #tea", visibility="direct", recipients=(bob.id,)))

    assert streams_of(pushed) == {f"messages:{alice.id}", f"messages:{bob.id}"}


def test_a_reply_is_told_to_the_conversation_and_changes_a_count(alice, bob, pushed, events_happen):
    first = make_tweet(alice, "Good morning")
    answer = make_reply(alice, first, "And more")
    pushed.clear()
    with events_happen():
        reply = make_reply(bob, answer, "To you, too")

    assert (f"conversation:{first.id}", reply.id) in told(pushed)
    assert f"notifications:{alice.id}" in streams_of(pushed)
    assert ("local", reply.id) not in told(pushed)
    assert told(pushed, "counts") == {(f"tweet:{answer.id}", answer.id)}


def test_counts_are_told_with_every_gesture_that_changes_one(alice, bob, pushed, events_happen):
    tweet = make_tweet(alice, "Good morning")
    pushed.clear()
    gestures = [like_tweet, like_tweet, retweet, unlike_tweet, undo_retweet]
    with events_happen():
        for gesture in gestures:
            gesture(bob, tweet)

    counts = [push for push in pushed if push.kind == "counts"]
    assert counts == [Push((f"tweet:{tweet.id}",), "counts", tweet.id, {})] * 4  # the second like is none


def test_a_retweet_is_told_to_homes(alice, bob, pushed, events_happen):
    tweet = make_tweet(alice, "Good morning")
    pushed.clear()
    with events_happen():
        row = retweet(bob, tweet)

    assert {(f"home:{bob.id}", row.id), ("delivered", row.id)} <= told(pushed)


def test_what_is_edited_and_what_lost_its_quote_is_told(alice, bob, pushed, events_happen):
    tweet = make_tweet(alice, "Good morning")
    quote = make_quote(bob, tweet, "Look")
    pushed.clear()
    with events_happen():
        edit_tweet(alice, tweet, TweetDraft("Good evening"))
        detach_quote(alice, Tweet.objects.get(pk=quote.pk))

    ids = (tweet.id, quote.id)
    assert told(pushed, "changed") == {
        (stream, an_id) for an_id in ids for stream in (f"tweet:{an_id}", "changes")
    }


def test_what_is_gone_is_told(alice, staff, pushed, events_happen):
    deleted, hidden = make_tweet(alice, "One"), make_tweet(alice, "Two")
    pushed.clear()
    with events_happen():
        delete_tweet(alice, deleted)
        hide_tweet(staff, hidden)

    ids = (deleted.id, hidden.id)
    assert told(pushed, "gone") == {
        (stream, an_id) for an_id in ids for stream in (f"tweet:{an_id}", "changes")
    }


def test_numbers_on_badges_are_told_when_they_rise_and_when_they_fall(alice, bob, pushed, events_happen):
    with events_happen():
        follow_user(bob, alice)
        send_message(bob, TweetDraft("A word", visibility="direct", recipients=(alice.id,)))
    assert f"notifications:{alice.id}" in streams_of(pushed)
    pushed.clear()
    with events_happen():
        mark_read(alice)
        message = Message.objects.get()
        mark_messages_read(alice, Conversation.objects.get(), up_to=message.tweet_id)

    assert told(pushed, "read") == {(f"notifications:{alice.id}", 0), (f"messages:{alice.id}", 0)}
    pushed.clear()
    with events_happen():
        mark_read(alice)
    assert pushed == []


def test_nobody_is_told_of_what_they_are_not_notified_of(alice, bob, pushed, events_happen):
    with events_happen():
        make_tweet(bob, f"Hello @{bob.username}")

    assert not any(stream.startswith("notifications:") for stream, _ in told(pushed))


# --- Sessions --------------------------------------------------------------------------------------


def test_open_connections_hear_that_a_session_may_have_ended(alice, staff, pushed, events_happen):
    with events_happen():
        end_sessions(alice.id)
        change_password(alice, "another good password")
        suspend_user(staff, alice)

    assert [push for push in pushed if push.kind == "sessions"] == [
        Push((f"account:{alice.id}",), "sessions", 0, {})
    ] * 3


def test_logging_out_is_heard(alice, as_alice, pushed, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        as_alice.post("/logout/")

    assert told(pushed, "sessions") == {(f"account:{alice.id}", 0)}


def test_logging_out_elsewhere_is_heard(pushed, django_capture_on_commit_callbacks):
    carol = make_user("carol")
    here, there = Client(), Client()
    for client in (here, there):
        client.post("/login/", {"login": "carol", "password": PASSWORD})
    with django_capture_on_commit_callbacks(execute=True):
        here.post("/settings/sessions/", {"others": ""})

    assert told(pushed, "sessions") == {(f"account:{carol.id}", 0)}
