"""What others did on the days that are over, counted once and exactly."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from analytics.actions import forget_days, roll_up_days
from analytics.models import AuthorDay, Kind, Reach, RollUp
from relationships.actions import follow_user, unfollow_user
from tests.analytics.readers import NOON
from tests.factories import make_quote, make_reply, make_tweet, make_user
from tweets.actions import like_tweet, retweet, undo_retweet, unlike_tweet
from tweets.models import Tweet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]
TODAY = NOON.date()


@pytest.fixture
def crowd(db) -> list[User]:
    return [make_user() for _ in range(4)]


def next_day(travel, days=1):
    """Three minutes after that midnight the days are counted; then it is noon."""
    midnight = datetime(NOON.year, NOON.month, NOON.day, tzinfo=UTC) + timedelta(days=days)
    travel.move_to(midnight + timedelta(minutes=3))
    roll_up_days()
    travel.move_to(midnight + timedelta(hours=12))


def day_of(author, day=TODAY):
    row = AuthorDay.objects.filter(author_id=author.pk, day=day).first() or AuthorDay()
    return (row.likes, row.retweets, row.quotes, row.replies)


def test_each_kind_is_counted_on_its_day(alice, crowd, travel):
    tweet = make_tweet(alice)
    for person in crowd:
        like_tweet(person, tweet)
    for person in crowd[:3]:
        retweet(person, tweet)
    make_quote(crowd[0], tweet)
    make_reply(crowd[0], tweet)
    make_reply(crowd[1], tweet)
    next_day(travel)
    like_tweet(make_user(), tweet)
    next_day(travel, 2)

    assert day_of(alice) == (4, 3, 1, 2)
    assert day_of(alice, TODAY + timedelta(days=1)) == (1, 0, 0, 0)


def test_the_hours_are_those_of_utc(alice, crowd, travel):
    tweet = make_tweet(alice)
    for hour, person in zip((9, 9, 21), crowd, strict=False):
        travel.move_to(NOON.replace(hour=hour, minute=30))
        like_tweet(person, tweet)
    next_day(travel)

    hours = AuthorDay.objects.get(author_id=alice.pk, day=TODAY, likes=3).hours
    assert {hour: number for hour, number in enumerate(hours) if number} == {9: 2, 21: 1}


def test_what_was_taken_back_before_midnight_is_not_in_it_and_later_it_stays(alice, crowd, travel):
    tweet = make_tweet(alice)
    for person in crowd:
        like_tweet(person, tweet)
        retweet(person, tweet)
    unlike_tweet(crowd[0], tweet)
    undo_retweet(crowd[0], tweet)
    next_day(travel)
    unlike_tweet(crowd[1], tweet)
    undo_retweet(crowd[1], tweet)
    next_day(travel, 2)

    assert day_of(alice) == (3, 3, 0, 0)


def test_ones_own_deeds_and_messages_do_not_count(alice, bob, travel):
    tweet = make_tweet(alice)
    like_tweet(alice, tweet)
    retweet(alice, tweet)
    make_reply(alice, tweet)
    make_reply(bob, tweet, "between us @alice", visibility=Tweet.Visibility.DIRECT)
    next_day(travel)

    assert day_of(alice) == (0, 0, 0, 0)


def test_nothing_is_counted_twice_however_often_it_is_asked(alice, crowd, travel):
    tweet = make_tweet(alice)
    for person in crowd:
        like_tweet(person, tweet)
        make_reply(person, tweet)
    next_day(travel)
    roll_up_days()
    RollUp.objects.update(follower_day=None)
    roll_up_days()

    assert day_of(alice) == (4, 0, 0, 4)


def test_today_waits_for_its_end(alice, bob, travel):
    like_tweet(bob, make_tweet(alice))
    roll_up_days()

    assert not AuthorDay.objects.filter(likes__gt=0).exists()


def test_days_on_which_the_clock_stood_still_are_made_up_for(alice, crowd, travel):
    tweet = make_tweet(alice)
    like_tweet(crowd[0], tweet)
    travel.move_to(NOON + timedelta(days=1))
    like_tweet(crowd[1], tweet)
    make_reply(crowd[1], tweet)
    next_day(travel, 5)

    assert day_of(alice) == (1, 0, 0, 0)
    assert day_of(alice, TODAY + timedelta(days=1)) == (1, 0, 0, 1)


def test_many_are_counted_in_parts(alice, crowd, travel, settings):
    settings.STATISTICS_READ_AT_ONCE, settings.STATISTICS_ROWS_AT_ONCE = 3, 2
    tweets = [make_tweet(alice) for _ in range(4)]
    for person in crowd:
        for tweet in tweets:
            like_tweet(person, tweet)
            make_reply(person, tweet)
    next_day(travel)

    assert day_of(alice) == (16, 0, 0, 16)


def test_what_takes_too_long_is_left_to_the_next_turn(alice, crowd, travel, settings):
    settings.STATISTICS_READ_AT_ONCE, settings.STATISTICS_ROLL_UP_SECONDS = 2, -1
    tweet = make_tweet(alice)
    for person in crowd:
        like_tweet(person, tweet)
    next_day(travel)
    assert day_of(alice) == (2, 0, 0, 0)
    for _ in range(6):
        roll_up_days()

    assert day_of(alice) == (4, 0, 0, 0)
    assert RollUp.objects.get().follower_day == TODAY


def test_on_most_calls_it_is_one_question(alice, travel, django_assert_num_queries):
    next_day(travel)
    with django_assert_num_queries(1):
        roll_up_days()


def test_what_is_older_than_is_kept_is_left_out(alice, bob, travel, settings):
    tweet = make_tweet(alice)
    like_tweet(bob, tweet)
    make_reply(bob, tweet)
    next_day(travel, settings.STATISTICS_KEPT_DAYS + 2)

    assert day_of(alice) == (0, 0, 0, 0)
    assert not AuthorDay.objects.filter(author_id=alice.pk).exists()


# Followers


def followers_of(author):
    rows = AuthorDay.objects.filter(author_id=author.pk, followers__isnull=False).order_by("day")
    return {row.day.day: row.followers for row in rows}


def test_followers_are_noted_where_the_number_changed(alice, crowd, travel):
    for person in crowd[:2]:
        follow_user(person, alice)
    next_day(travel)  # 10 March: two
    next_day(travel, 2)  # the same
    follow_user(crowd[2], alice)
    for person in crowd[:2]:
        unfollow_user(person, alice)
    next_day(travel, 3)

    assert followers_of(alice) == {10: 2, 12: 1}
    assert followers_of(crowd[0]) == {}


def test_the_last_one_who_leaves_is_noted_too(alice, bob, travel):
    follow_user(bob, alice)
    next_day(travel)
    unfollow_user(bob, alice)
    next_day(travel, 2)

    assert followers_of(alice) == {10: 1, 11: 0}


def test_many_people_are_looked_through_in_parts(crowd, travel, monkeypatch):
    monkeypatch.setattr("analytics.actions.roll_up._PEOPLE_AT_ONCE", 2)
    for person, other in itertools.pairwise(crowd):
        follow_user(person, other)
    next_day(travel)

    assert [followers_of(person) for person in crowd] == [{}, {10: 1}, {10: 1}, {10: 1}]
    assert RollUp.objects.get().followed_id == 0


def test_a_day_with_followers_and_likes_is_one_row(alice, bob, travel):
    follow_user(bob, alice)
    like_tweet(bob, make_tweet(alice))
    next_day(travel)

    row = AuthorDay.objects.get(author_id=alice.pk)
    assert (row.likes, row.followers) == (1, 1)


# What is kept


def test_old_days_go(alice, settings):
    oldest = TODAY - timedelta(days=settings.STATISTICS_KEPT_DAYS)
    for day in (oldest - timedelta(days=1), oldest, TODAY):
        AuthorDay.objects.create(author_id=alice.pk, day=day, likes=1)
        Reach.objects.create(thing=1, kind=Kind.TWEET, author_id=alice.pk, day=day, people=9)
    forget_days()

    for model in (AuthorDay, Reach):
        assert {row.day for row in model.objects.all()} == {oldest, TODAY}


def test_there_is_enough_to_compare_the_longest_range(settings):
    assert 2 * max(settings.STATISTICS_DAYS) <= settings.STATISTICS_KEPT_DAYS
