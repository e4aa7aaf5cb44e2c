"""Who is told what, and who is not."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.actions import suspend_user
from common.ids import new_id_at
from notifications.actions import forget_old, mark_read, notify, notify_all
from notifications.models import Notification
from notifications.queries import FACES, bundles_for, unread
from relationships.actions import (
    accept_follow,
    block_user,
    follow_user,
    mute_user,
    refuse_follow,
    unfollow_user,
)
from tests.factories import make_tweet, make_user
from tweets.actions import (
    delete_tweet,
    detach_quote,
    edit_tweet,
    hide_tweet,
    like_tweet,
    mute_thread,
    post_tweet,
    retweet,
    undo_retweet,
    unlike_tweet,
)
from tweets.draft import TweetDraft

pytestmark = pytest.mark.django_db
Kind = Notification.Kind


def told(person) -> list[tuple[str, str]]:
    """What the person finds, newest first: the kind and who did it last."""
    return [(one.kind, one.actors[0].username) for one in bundles_for(person, limit=50)]


def test_likes_and_retweets_are_told_and_taken_back(alice, bob, events_happen):
    tweet = make_tweet(alice)
    with events_happen():
        like_tweet(bob, tweet)
        retweet(bob, tweet)
    assert sorted(told(alice)) == [("like", "bob"), ("retweet", "bob")]
    with events_happen():
        unlike_tweet(bob, tweet)
        undo_retweet(bob, tweet)
    assert told(alice) == []


def test_nobody_hears_of_themselves(alice, events_happen):
    with events_happen():
        tweet = make_tweet(alice, "I, @alice, say")
        like_tweet(alice, tweet)
        retweet(alice, tweet)
        post_tweet(alice, TweetDraft(text="and on", reply_to_id=tweet.id))
    assert told(alice) == []


def test_the_deed_is_told_once_however_often_it_is_said(alice, bob):
    tweet = make_tweet(alice)
    assert notify(alice, Kind.LIKE, bob, tweet)
    assert not notify(alice, Kind.LIKE, bob, tweet)
    assert Notification.objects.count() == 1


def test_a_tweet_is_told_once_for_its_first_reason(alice, bob, carol, events_happen):
    follow_user(alice, bob, notifies=True)
    follow_user(carol, bob, notifies=True)
    tweet = make_tweet(alice)
    with events_happen():
        post_tweet(bob, TweetDraft(text="@alice @carol indeed", reply_to_id=tweet.id))
    assert told(alice) == [("reply", "bob")]
    assert told(carol) == [("mention", "bob")]


def test_a_quote_is_told_and_taken_back_when_it_is_detached(alice, bob, events_happen):
    tweet = make_tweet(alice)
    with events_happen():
        quote = post_tweet(bob, TweetDraft(text="look", quote_of_id=tweet.id))
    assert told(alice) == [("quote", "bob")]
    with events_happen():
        detach_quote(alice, quote)
    assert told(alice) == []


def test_the_bell_rings_for_tweets_and_not_for_answers_and_messages(alice, bob, carol, events_happen):
    follow_user(alice, bob, notifies=True)
    follow_user(carol, bob)
    with events_happen():
        tweet = make_tweet(bob)
        post_tweet(bob, TweetDraft(text="more", reply_to_id=tweet.id))
        post_tweet(bob, TweetDraft(text="psst @carol", visibility="direct"))
    assert told(alice) == [("tweet", "bob")]
    with events_happen():
        unfollow_user(alice, bob)
    assert told(alice) == []


def test_a_message_tells_of_itself_in_messages(alice, bob, carol, events_happen):
    tweet = make_tweet(alice)
    with events_happen():
        psst = post_tweet(bob, TweetDraft(text="psst @carol", visibility="direct", reply_to_id=tweet.id))
        post_tweet(carol, TweetDraft(text="what?", reply_to_id=psst.id))
    with events_happen():
        edit_tweet(bob, psst, TweetDraft(text="never mind, @carol"))
    assert told(alice) == told(bob) == told(carol) == []
    with events_happen():
        like_tweet(carol, psst)
    assert told(bob) == [("like", "carol")]


def test_a_deleted_tweet_takes_everything_about_it_away(alice, bob, events_happen):
    tweet = make_tweet(alice)
    with events_happen():
        like_tweet(bob, tweet)
        answer = post_tweet(bob, TweetDraft(text="yes", reply_to_id=tweet.id))
    with events_happen():
        delete_tweet(bob, answer)
    assert told(alice) == [("like", "bob")]
    with events_happen():
        delete_tweet(alice, tweet)
    assert told(alice) == []


def test_an_edit_tells_who_is_named_now_and_takes_back_from_who_is_not(alice, bob, carol, events_happen):
    with events_happen():
        tweet = make_tweet(bob, "hello @alice")
    with events_happen():
        edit_tweet(bob, tweet, TweetDraft(text="hello @carol"))
    assert told(alice) == []
    assert told(carol) == [("mention", "bob")]


def test_follows_are_told_and_taken_back(alice, bob, events_happen):
    with events_happen():
        follow_user(bob, alice)
    assert told(alice) == [("follow", "bob")]
    with events_happen():
        unfollow_user(bob, alice)
    assert told(alice) == []


@pytest.mark.parametrize("end", ["accepted", "refused", "taken back", "blocked"])
def test_a_request_is_told_until_it_is_answered(alice, bob, events_happen, end):
    alice.is_locked = True
    alice.save()
    with events_happen():
        follow_user(bob, alice)
    assert told(alice) == [("request", "bob")]
    deeds = {"accepted": accept_follow, "refused": refuse_follow, "blocked": block_user}
    with events_happen():
        if end == "taken back":
            unfollow_user(bob, alice)
        else:
            deeds[end](alice, bob)
    assert told(alice) == ([("follow", "bob")] if end == "accepted" else [])
    assert unread(alice).count() == len(told(alice))


def test_nothing_comes_across_a_block(alice, bob, events_happen):
    tweet = make_tweet(alice)
    notify(alice, Kind.LIKE, bob, tweet)
    notify(bob, Kind.FOLLOW, alice)
    with events_happen():
        block_user(alice, bob)
    assert Notification.objects.count() == 0
    assert notify_all([alice.id], Kind.FOLLOW, bob) == 0
    assert notify_all([bob.id], Kind.FOLLOW, alice) == 0


@pytest.mark.parametrize(("hides", "heard"), [(True, 0), (False, 1)])
def test_the_muted_are_heard_only_if_one_wants_so(alice, bob, hides, heard):
    mute_user(alice, bob, hides_notifications=hides)
    assert notify(alice, Kind.FOLLOW, bob) is bool(heard)
    assert unread(alice).count() == heard


def test_a_mute_that_is_over_hides_nothing(alice, bob):
    mute_user(alice, bob, until=timezone.now() + timedelta(hours=1))
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert notify(alice, Kind.FOLLOW, bob)
        assert told(alice) == [("follow", "bob")]


def test_a_muted_thread_is_silent(alice, bob, events_happen):
    tweet = make_tweet(alice)
    mute_thread(alice, tweet)
    with events_happen():
        like_tweet(bob, tweet)
        post_tweet(bob, TweetDraft(text="@alice hello?", reply_to_id=tweet.id))
    assert told(alice) == []


def test_the_suspended_and_the_remote_are_told_nothing(alice, staff):
    suspended, remote = make_user(), make_user("dora@other.example")
    suspend_user(staff, suspended)
    assert notify_all([suspended.id, remote.id], Kind.FOLLOW, alice) == 0


def test_what_the_suspended_did_and_what_staff_hid_is_not_shown(alice, bob, carol, staff):
    tweet = make_tweet(carol, "hello @alice")
    notify(alice, Kind.MENTION, carol, tweet)
    notify(alice, Kind.FOLLOW, bob)
    hide_tweet(staff, tweet)
    assert told(alice) == [("follow", "bob")]
    suspend_user(staff, bob)
    assert told(alice) == []
    assert unread(alice).count() == 0


def test_a_like_taken_back_before_it_was_told_is_never_told(alice, bob, events_happen):
    tweet = make_tweet(alice)
    with events_happen():
        like_tweet(bob, tweet)
        unlike_tweet(bob, tweet)
    assert told(alice) == []


def test_a_bundle_shows_the_newest_and_counts_all(alice):
    tweet = make_tweet(alice)
    for number in range(FACES + 3):
        notify(alice, Kind.LIKE, make_user(f"liker{number}"), tweet)
    (bundle,) = bundles_for(alice, limit=10)
    assert bundle.number == FACES + 3
    assert bundle.others == FACES + 1
    assert [person.username for person in bundle.actors] == [
        f"liker{FACES + 2 - place}" for place in range(FACES)
    ]


def test_a_new_like_brings_the_bundle_back_up_unread(alice, bob, carol):
    tweet = make_tweet(alice)
    notify(alice, Kind.LIKE, bob, tweet)
    mark_read(alice)
    notify(alice, Kind.FOLLOW, bob)
    notify(alice, Kind.LIKE, carol, tweet)
    assert [(one.kind, one.is_unread, one.number) for one in bundles_for(alice, limit=10)] == [
        ("like", True, 2),
        ("follow", True, 1),
    ]


def test_followers_are_told_together_day_by_day(alice, bob, carol):
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        notify(alice, Kind.FOLLOW, bob)
    notify(alice, Kind.FOLLOW, carol)
    notify(alice, Kind.FOLLOW, make_user())
    assert [one.number for one in bundles_for(alice, limit=10)] == [2, 1]


def test_very_many_are_told_in_batches(alice, monkeypatch):
    monkeypatch.setattr("notifications.actions._BATCH", 4)
    people = [make_user() for _ in range(10)]
    tweet = make_tweet(alice)
    assert notify_all([person.id for person in people], Kind.TWEET, alice, tweet) == 10
    assert notify_all([person.id for person in people], Kind.TWEET, alice, tweet) == 0


def test_what_is_old_is_forgotten(alice, bob, carol):
    notify(alice, Kind.FOLLOW, bob)
    Notification.objects.update(id=new_id_at(timezone.now() - timedelta(days=200)))
    notify(alice, Kind.FOLLOW, carol)
    assert forget_old(days=180) == 1
    assert told(alice) == [("follow", "carol")]
