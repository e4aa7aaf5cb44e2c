"""What stands on a home timeline, and what comes and goes."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from common.paging import Window
from relationships.actions import block_user, follow_user, mute_user, unfollow_user
from tests.factories import make_tweet, make_user
from timelines.actions import drop_sleepers, keep_home, trim_homes
from timelines.models import HomeTimeline, TimelineEntry
from timelines.queries import home_ids
from tweets.actions import delete_tweet, post_tweet, retweet, undo_retweet
from tweets.draft import TweetDraft

pytestmark = pytest.mark.django_db


def home(person, **window) -> list[int]:
    return home_ids(person, Window(**{"limit": 50, **window}))


@pytest.fixture
def reader(alice):
    """Alice reads her home, so that things are delivered to it."""
    keep_home(alice)
    return alice


def test_ones_own_tweet_stands_there_at_once(alice, django_capture_on_commit_callbacks):
    keep_home(alice)
    with django_capture_on_commit_callbacks(execute=True):
        tweet = make_tweet(alice)
    assert home(alice) == [tweet.id]


def test_followers_get_it_and_strangers_do_not(reader, bob, carol, events_happen):
    keep_home(carol)
    with events_happen():
        follow_user(reader, bob)
        tweet = make_tweet(bob)
    assert home(reader) == [tweet.id]
    assert home(carol) == []


def test_messages_are_not_delivered(reader, bob, events_happen):
    with events_happen():
        follow_user(reader, bob)
        post_tweet(bob, TweetDraft(text="hello @alice", visibility="direct"))
    assert home(reader) == []


def test_replies_come_when_one_follows_both(reader, bob, carol, events_happen):
    with events_happen():
        follow_user(reader, bob)
        by_carol = make_tweet(carol, "a question")
        answer = post_tweet(bob, TweetDraft(text="an answer", reply_to_id=by_carol.id))
    assert home(reader) == []
    with events_happen():
        follow_user(reader, carol)
        second = post_tweet(bob, TweetDraft(text="another", reply_to_id=by_carol.id))
        own_thread = post_tweet(bob, TweetDraft(text="and on", reply_to_id=second.id))
    assert home(reader) == [own_thread.id, second.id, by_carol.id]
    assert answer.id not in home(reader)


def test_an_answer_to_oneself_comes(reader, bob, events_happen):
    with events_happen():
        follow_user(reader, bob)
        mine = make_tweet(reader)
        answer = post_tweet(bob, TweetDraft(text="yes", reply_to_id=mine.id))
    assert home(reader) == [answer.id, mine.id]


def test_following_merges_and_unfollowing_takes_away(reader, bob, events_happen):
    with events_happen():
        tweets = [make_tweet(bob) for _ in range(3)]
        follow_user(reader, bob)
    assert home(reader) == [tweet.id for tweet in reversed(tweets)]
    with events_happen():
        unfollow_user(reader, bob)
    assert home(reader) == []


def test_a_retweet_is_not_repeated_within_forty_entries(reader, bob, carol, events_happen):
    with events_happen():
        follow_user(reader, bob)
        follow_user(reader, carol)
    with events_happen():
        tweet = make_tweet(make_user("dora"))
        first = retweet(bob, tweet)
        retweet(carol, tweet)
    assert home(reader) == [first.id]


def test_a_retweet_of_what_one_has_already_is_left_out(reader, bob, carol, events_happen):
    with events_happen():
        follow_user(reader, bob)
        follow_user(reader, carol)
    with events_happen():
        tweet = make_tweet(carol)
    with events_happen():
        retweet(bob, tweet)
    assert home(reader) == [tweet.id]


def test_someones_retweets_can_be_left_out(reader, bob, carol, events_happen):
    with events_happen():
        follow_user(reader, bob, shows_retweets=False)
    with events_happen():
        retweet(bob, make_tweet(carol))
        tweet = make_tweet(bob)
    assert home(reader) == [tweet.id]


def test_undone_and_deleted_ones_are_gone(reader, bob, carol, events_happen):
    with events_happen():
        follow_user(reader, bob)
        tweet, spread = make_tweet(bob), make_tweet(carol)
        retweet(bob, spread)
    assert len(home(reader)) == 2
    with events_happen():
        delete_tweet(bob, tweet)
        undo_retweet(bob, spread)
    assert home(reader) == []


@pytest.mark.parametrize("deed", [mute_user, block_user])
def test_muted_and_blocked_people_go_also_from_retweets(reader, bob, carol, deed, events_happen):
    with events_happen():
        follow_user(reader, bob)
        follow_user(reader, carol)
        make_tweet(carol)
        retweet(bob, make_tweet(carol))
        deed(reader, carol)
    assert home(reader) == []
    with events_happen():
        retweet(bob, make_tweet(carol))
    assert home(reader) == []


def test_a_quote_of_somebody_muted_does_not_stand_there(reader, bob, carol, events_happen):
    with events_happen():
        follow_user(reader, bob)
        before = post_tweet(bob, TweetDraft("look", quote_of_id=make_tweet(carol).id))
    assert home(reader) == [before.id]
    with events_happen():
        mute_user(reader, carol)
    assert home(reader) == []
    with events_happen():
        post_tweet(bob, TweetDraft("look again", quote_of_id=make_tweet(carol).id))
        plain = make_tweet(bob)
    assert home(reader) == [plain.id]
    assert home(reader, max_id=plain.id) == []


def test_only_the_newest_are_kept(reader, events_happen, settings):
    settings.HOME_ENTRIES_KEPT = 3
    with events_happen():
        tweets = [make_tweet(reader) for _ in range(5)]
    assert trim_homes() == 2
    assert trim_homes() == 0
    assert home(reader) == [tweet.id for tweet in reversed(tweets[2:])]


def test_whoever_reads_on_where_the_entries_end_gets_what_was_said_before(
    reader, bob, carol, events_happen, settings, django_assert_num_queries
):
    settings.HOME_ENTRIES_KEPT = 3
    with events_happen():
        follow_user(reader, bob)
        own, by_carol = make_tweet(reader), make_tweet(carol)
        spread = retweet(bob, by_carol)
        make_tweet(bob, reply_to_id=make_tweet(carol).id)
        first, second, third = (make_tweet(bob) for _ in range(3))
    trim_homes()
    assert home(reader) == [third.id, second.id, first.id]
    with django_assert_num_queries(2):
        assert home(reader, max_id=first.id) == [spread.id, own.id]
    assert home(reader, max_id=third.id) == [second.id, first.id, spread.id, own.id]
    assert home(reader, max_id=third.id, limit=2) == [second.id, first.id]
    assert home(reader, max_id=own.id) == []


def test_reading_on_leaves_out_whom_one_muted(reader, bob, events_happen, settings):
    with events_happen():
        follow_user(reader, bob)
        before, last = make_tweet(bob), make_tweet(reader)
    settings.HOME_ENTRIES_KEPT = 1
    trim_homes()
    assert home(reader, max_id=last.id) == [before.id]
    with events_happen():
        mute_user(reader, bob)
    assert home(reader, max_id=last.id) == []


def test_a_sleepers_home_is_dropped_and_filled_again_on_return(reader, bob, events_happen):
    with events_happen():
        follow_user(reader, bob)
        first = make_tweet(bob)
    HomeTimeline.objects.update(read_at=timezone.now() - timedelta(days=31))
    assert drop_sleepers() == 1
    assert not TimelineEntry.objects.filter(owner=reader).exists()
    with events_happen():
        second = make_tweet(bob)
    assert home(reader) == []
    keep_home(reader)
    assert home(reader) == [second.id, first.id]


def test_reading_is_noted_once_an_hour(reader, django_assert_num_queries):
    with django_assert_num_queries(1):
        keep_home(reader)
    with time_machine.travel(timezone.now() + timedelta(hours=2)), django_assert_num_queries(2):
        keep_home(reader)


def test_very_large_authors_are_merged_while_reading(reader, bob, carol, events_happen, settings):
    settings.FANOUT_LIMIT = 0
    with events_happen():
        follow_user(reader, bob)
        large = make_tweet(bob)
    assert not TimelineEntry.objects.filter(owner=reader, tweet=large).exists()
    settings.FANOUT_LIMIT = 0
    with events_happen():
        own = make_tweet(reader)
        newer = make_tweet(bob)
    assert home(reader) == [newer.id, own.id, large.id]
    assert home(reader, limit=2) == [newer.id, own.id]
    assert home(reader, max_id=newer.id, limit=1) == [own.id]
    assert home(reader, min_id=large.id, limit=1) == [own.id]


def test_pages_are_ranges(reader, events_happen):
    with events_happen():
        tweets = [make_tweet(reader) for _ in range(6)]
    ids = [tweet.id for tweet in tweets]
    assert home(reader, limit=2) == [ids[5], ids[4]]
    assert home(reader, limit=2, max_id=ids[4]) == [ids[3], ids[2]]
    assert home(reader, limit=2, min_id=ids[1]) == [ids[3], ids[2]]
