"""What was taken from a home returns when its reason ends, and what happened twice or half is made whole."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from common.paging import Window
from events import catalogue as happened
from jobs.engines.embedded import run_pending
from relationships.actions import (
    accept_follow,
    end_past_mutes,
    follow_user,
    mute_user,
    unfollow_user,
)
from tests.factories import make_reply, make_tweet, make_user
from timelines import fanout, reactions
from timelines.actions import drop_sleepers, homes, keep_home
from timelines.models import HomeTimeline, TimelineEntry
from timelines.queries import home_ids
from tweets.actions import retweet

pytestmark = pytest.mark.django_db


def home(person) -> list[int]:
    return home_ids(person, Window(limit=50))


@pytest.fixture
def reader(alice, bob, events_happen):
    """Alice reads her home and follows Bob."""
    keep_home(alice)
    with events_happen():
        follow_user(alice, bob)
    return alice


def test_a_mute_for_a_time_brings_back_what_was_said_meanwhile(reader, bob, carol, events_happen):
    with events_happen():
        before = make_tweet(bob)
        mute_user(reader, bob, until=timezone.now() + timedelta(hours=1))
        mute_user(reader, carol, until=timezone.now() + timedelta(hours=1))
        meanwhile = make_tweet(bob)
        spread = retweet(bob, make_tweet(carol))
    assert home(reader) == []
    with time_machine.travel(timezone.now() + timedelta(hours=2)), events_happen():
        assert end_past_mutes() == 2
    assert home(reader) == [spread.id, meanwhile.id, before.id]


def test_a_mute_that_was_made_longer_does_not_end(reader, bob, events_happen):
    with events_happen():
        mute_user(reader, bob, until=timezone.now() + timedelta(hours=1))
        make_tweet(bob)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        mute_user(reader, bob)
        with events_happen():
            assert end_past_mutes() == 0
    assert home(reader) == []


def test_hiding_and_showing_somebodys_retweets(reader, bob, carol, events_happen):
    with events_happen():
        spread, own = retweet(bob, make_tweet(carol)), make_tweet(bob)
    assert home(reader) == [own.id, spread.id]
    with events_happen():
        follow_user(reader, bob, shows_retweets=False)
    assert home(reader) == [own.id]
    with events_happen():
        follow_user(reader, bob, shows_retweets=True)
    assert home(reader) == [own.id, spread.id]


def test_an_accepted_request_merges(reader, carol, events_happen):
    carol.is_locked = True
    carol.save()
    with events_happen():
        tweet = make_tweet(carol)
        follow_user(reader, carol)
    assert home(reader) == []
    with events_happen():
        accept_follow(carol, reader)
    assert home(reader) == [tweet.id]


def test_answers_to_somebody_go_with_them(reader, bob, carol, events_happen):
    with events_happen():
        follow_user(reader, carol)
        answer = make_reply(bob, make_tweet(carol))
    assert answer.id in home(reader)
    with events_happen():
        unfollow_user(reader, carol)
    assert home(reader) == []


def test_ones_own_tweet_stays_when_somebody_spread_it(reader, bob, events_happen):
    """An original is kept beside its retweets, so it is there when those go."""
    with events_happen():
        tweet = make_tweet(reader)
        retweet(bob, tweet)
        unfollow_user(reader, bob)
    assert home(reader) == [tweet.id]


def test_following_whose_words_stand_there_already_as_spread(reader, bob, carol, events_happen):
    with events_happen():
        tweet = make_tweet(carol)
        retweet(bob, tweet)
        follow_user(reader, carol)
    assert home(reader) == [tweet.id]
    with events_happen():
        unfollow_user(reader, bob)
    assert home(reader) == [tweet.id]


def test_a_delivery_that_broke_off_is_finished_by_the_next(alice, monkeypatch, events_happen):
    people = [make_user() for _ in range(6)]
    for person in people:
        keep_home(person)
        follow_user(person, alice)
    monkeypatch.setattr(fanout, "BATCH", 2)
    batches = fanout.batches
    monkeypatch.setattr(fanout, "batches", lambda *of: broken(batches(*of), after=2))
    tweet = make_tweet(alice)
    event = happened.TweetPosted(tweet.id, alice.id)
    with pytest.raises(ConnectionError):
        reactions.fan_out(event)
    assert TimelineEntry.objects.filter(tweet=tweet).count() == 4
    monkeypatch.setattr(fanout, "batches", batches)
    for _ in range(2):
        reactions.fan_out(event)
        assert TimelineEntry.objects.filter(tweet=tweet).count() == 6


def broken(batches, after):
    for number, batch in enumerate(batches):
        if number == after:
            raise ConnectionError
        yield batch


def test_a_late_job_does_nothing_that_is_no_longer_true(reader, bob, carol, events_happen):
    """Each reaction looks at what is, not at what was when it was promised."""
    with events_happen():
        tweet = make_tweet(bob)
    reactions.remove_unfollowed(happened.UserUnfollowed(reader.id, bob.id))
    reactions.remove_muted(happened.UserMuted(reader.id, bob.id))
    reactions.remove_blocked(happened.UserBlocked(reader.id, bob.id))
    assert home(reader) == [tweet.id]
    make_tweet(carol)
    reactions.merge_followed(happened.UserFollowed(reader.id, carol.id))
    assert home(reader) == [tweet.id]


def test_what_the_process_did_not_live_to_do_is_done_by_a_job(reader, carol):
    tweet = make_tweet(carol)
    follow_user(reader, carol)  # nothing reacts: this transaction never ends
    assert home(reader) == []
    run_pending()
    assert home(reader) == [tweet.id]


def test_a_home_that_broke_while_it_was_filled_is_filled_by_the_next_visit(carol, bob, monkeypatch):
    follow_user(carol, bob)
    tweet = make_tweet(bob)
    with monkeypatch.context() as patch:
        patch.setattr(homes, "fill", lambda owner_id: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            keep_home(carol)
    keep_home(carol)
    assert home(carol) == [tweet.id]
    assert HomeTimeline.objects.get(pk=carol.pk).is_filled


def test_who_never_reads_gathers_nothing(alice, events_happen):
    with events_happen():
        make_tweet(alice)
    assert not TimelineEntry.objects.exists()


def test_an_own_answer_to_a_stranger_is_there_after_sleeping_too(reader, carol, events_happen):
    with events_happen():
        answer = make_reply(reader, make_tweet(carol))
    assert home(reader) == [answer.id]
    HomeTimeline.objects.update(read_at=timezone.now() - timedelta(days=31))
    drop_sleepers()
    keep_home(reader)
    assert home(reader) == [answer.id]
