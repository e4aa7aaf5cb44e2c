"""Which tweets did best, and the numbers of one."""

from datetime import UTC, datetime, timedelta

import pytest

from analytics.actions import close_days, count_link, write_views
from analytics.queries import best_tweets, statistics_of_tweet
from tests.analytics.readers import read_by, visitor
from tests.factories import make_tweet, make_user
from tweets.actions import delete_tweet, like_tweet, retweet
from tweets.models import Tweet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("same_estimates", "travel")]


def midnight(travel, days=1):
    travel.move_to(datetime(2026, 3, 10, 0, 5, tzinfo=UTC) + timedelta(days=days))
    close_days()


def test_most_read_first_then_most_responded_to(alice, travel):
    crowd = [make_user() for _ in range(3)]
    loved, read, quiet, most = (make_tweet(alice, word) for word in ("loved", "read", "quiet", "most"))
    for person in crowd:
        like_tweet(person, loved)
    read_by(8, read)
    read_by(20, most)
    midnight(travel)

    found = best_tweets(alice, 7)
    assert [one.tweet for one in found] == [most, read, loved]
    assert [one.views for one in found] == [pytest.approx(20, abs=1), 8, None]
    assert quiet not in [one.tweet for one in found]


def test_the_day_that_is_not_over_counts_in_steps(alice, travel):
    tweet = make_tweet(alice)
    read_by(11, tweet)
    assert [one.views for one in best_tweets(alice, 7)] == [10]
    midnight(travel)
    read_by(13, tweet)
    assert [one.views for one in best_tweets(alice, 7)] == [pytest.approx(11 + 10, abs=1)]


def test_a_tweet_of_long_ago_that_is_read_now_is_among_them(alice, travel):
    old = make_tweet(alice)
    midnight(travel, 60)
    read_by(9, old)
    midnight(travel, 61)
    assert [one.tweet for one in best_tweets(alice, 7)] == [old]
    midnight(travel, 80)
    assert best_tweets(alice, 7) == []


def test_no_messages_no_retweets_nothing_of_others_and_nothing_that_is_gone(alice, bob, travel):
    gone, strange = make_tweet(alice), make_tweet(bob)
    message = make_tweet(alice, "psst @bob", visibility=Tweet.Visibility.DIRECT)
    like_tweet(bob, message)
    spread = retweet(alice, strange)
    read_by(9, gone, strange, spread, message)
    midnight(travel)
    delete_tweet(alice, gone)

    assert best_tweets(alice, 7) == []


def test_at_most_so_many(alice, bob, settings):
    settings.STATISTICS_BEST_TWEETS = 3
    for _ in range(5):
        like_tweet(bob, make_tweet(alice))
    assert len(best_tweets(alice, 7)) == 3


@pytest.mark.parametrize("number", [1, 9])
def test_it_costs_the_same_for_many(alice, bob, number, travel, django_assert_num_queries):
    for _ in range(number):
        tweet = make_tweet(alice)
        like_tweet(bob, tweet)
        read_by(6, tweet)
    midnight(travel)
    with django_assert_num_queries(5):
        best_tweets(alice, 30)


def test_one_tweet_day_by_day(alice, travel):
    tweet = make_tweet(alice)
    read_by(8, tweet)
    for one in range(6):
        count_link(tweet.pk, alice.pk, visitor(one), None)
    write_views()
    midnight(travel)
    read_by(2, tweet)
    midnight(travel, 2)
    read_by(13, tweet)

    found = statistics_of_tweet(tweet)
    assert [(day.day.day, day.views, day.clicks) for day in found.days] == [
        (10, 8, 6),
        (11, None, None),
        (12, 10, None),
    ]
    assert (found.views, found.clicks) == (18, 6)


def test_of_an_old_tweet_the_days_that_are_shown(alice, travel, settings, django_assert_num_queries):
    tweet = make_tweet(alice)
    midnight(travel, 150)
    with django_assert_num_queries(2):
        found = statistics_of_tweet(tweet)
    assert len(found.days) == max(settings.STATISTICS_DAYS)
    assert found.views is None
