"""Authors with very many followers are merged while reading, as if they had been delivered."""

import pytest

from common.paging import Window
from relationships.actions import follow_user, mute_user, unfollow_user, unmute_user
from tests.factories import make_reply, make_tweet, make_user
from timelines.actions import keep_home
from timelines.models import TimelineEntry
from timelines.queries import home_ids
from tweets.actions import retweet

pytestmark = pytest.mark.django_db


def home(person, **window) -> list[int]:
    return home_ids(person, Window(**{"limit": 50, **window}))


@pytest.fixture
def large(settings, events_happen):
    """A person with more followers than deliveries are made for; nobody else has."""
    settings.FANOUT_LIMIT = 3
    person = make_user("large")
    with events_happen():
        for _ in range(4):
            follow_user(make_user(), person)
    return person


@pytest.fixture
def reader(alice, bob, large, events_happen):
    keep_home(alice)
    with events_happen():
        follow_user(alice, large)
        follow_user(alice, bob)
    return alice


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_are_full_and_in_order_across_both(reader, bob, large, events_happen, size):
    with events_happen():
        said = [make_tweet([bob, large, reader][number % 3]).id for number in range(20)][::-1]
    assert not TimelineEntry.objects.filter(tweet__author=large).exists()
    down, cursor = [], None
    while page := home(reader, limit=size, max_id=cursor):
        assert len(page) == min(size, 20 - len(down))
        down += page
        cursor = page[-1]
    assert down == said
    up, cursor = [], said[-1] - 1
    while page := home(reader, limit=size, min_id=cursor):
        up, cursor = page + up, page[0]
    assert up == said


def test_the_same_rules_hold_for_them(reader, bob, carol, large, events_happen):
    with events_happen():
        by_carol, by_bob = make_tweet(carol), make_tweet(bob)
        make_reply(large, by_carol)
        answer = make_reply(large, by_bob)
        goes_on = make_reply(large, make_tweet(large))
        make_tweet(large, "hello @bob", visibility="direct", recipients=(bob.id,))
        spread = retweet(large, by_carol)
    assert home(reader) == [spread.id, goes_on.id, goes_on.reply_to_id, answer.id, by_bob.id]
    with events_happen():
        mute_user(reader, carol)
    assert spread.id not in home(reader)
    with events_happen():
        unmute_user(reader, carol)
        follow_user(reader, large, shows_retweets=False)
    assert home(reader) == [goes_on.id, goes_on.reply_to_id, answer.id, by_bob.id]
    with events_happen():
        unfollow_user(reader, large)
    assert home(reader) == [by_bob.id]


def test_what_they_spread_is_not_repeated_either(reader, bob, carol, large, events_happen):
    with events_happen():
        by_bob, by_carol = make_tweet(bob), make_tweet(carol)
        retweet(large, by_bob)
        first = retweet(bob, by_carol)
        retweet(large, by_carol)
    assert home(reader) == [first.id, by_bob.id]
    assert home(reader, limit=1) == [first.id]
    assert home(reader, limit=1, max_id=first.id) == [by_bob.id]


def test_who_loses_a_follower_is_not_gone(reader, large, events_happen, settings):
    settings.FANOUT_LIMIT = 20
    large.followers_count = 21
    large.save()
    with events_happen():
        tweet = make_tweet(large)
    large.followers_count = 20
    large.save()
    with events_happen():
        delivered = make_tweet(large)
    assert home(reader) == [delivered.id, tweet.id]


def test_a_full_home_ends_where_its_entries_end(reader, bob, large, events_happen, settings):
    settings.HOME_ENTRIES_KEPT = 2
    with events_happen():
        oldest = make_tweet(large)
        assert home(reader) == [oldest.id]
        first, middle, last = make_tweet(bob), make_tweet(large), make_tweet(bob)
    assert home(reader) == [last.id, middle.id, first.id]


def test_they_do_not_stand_alone_beneath_a_home_that_is_not_full(reader, bob, large, events_happen):
    """What others said before they were delivered comes with what large authors said then."""
    with events_happen():
        said = [make_tweet([bob, large][number % 2]).id for number in range(20)][::-1]
    entries = TimelineEntry.objects.filter(owner=reader).order_by("-tweet_id")
    entries.filter(tweet_id__lt=entries[2].tweet_id).delete()
    for size in (2, 5):
        down = home(reader, limit=size)
        while page := home(reader, limit=size, max_id=down[-1]):
            down += page
        assert down == said


def test_who_says_very_much_that_is_not_wanted_keeps_nobody_waiting(
    reader, bob, carol, events_happen, monkeypatch
):
    monkeypatch.setattr("timelines.queries.home._READ_OF_EACH", 3)
    with events_happen():
        first, to_carol = make_tweet(bob), make_tweet(carol)
        for _ in range(4):
            make_reply(bob, to_carol)
        last = make_tweet(reader)
    TimelineEntry.objects.filter(owner=reader).delete()
    assert home(reader, max_id=last.id) == []
    assert home(reader, max_id=to_carol.id) == [first.id]
