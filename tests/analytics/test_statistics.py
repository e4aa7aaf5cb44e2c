"""What an author is told: numbers of each day, in all, of the range before, and what is too small to tell."""

from datetime import UTC, datetime, timedelta

import pytest

from analytics.actions import close_days, count_link, roll_up_days, write_views
from analytics.queries import statistics_of
from relationships.actions import follow_user
from tests.analytics.readers import NOON, read_by, visited_by, visitor
from tests.factories import make_quote, make_reply, make_tweet, make_user
from tweets.actions import like_tweet, retweet, unlike_tweet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("same_estimates", "travel")]


def at(travel, days, hour=12):
    """Noon of so many days later; every midnight on the way the clock struck."""
    for number in range(1, days + 1):
        midnight = datetime(2026, 3, 10, tzinfo=UTC) + timedelta(days=number)
        travel.move_to(midnight + timedelta(minutes=5))
        close_days()
        roll_up_days()
    travel.move_to(datetime(2026, 3, 10, hour, tzinfo=UTC) + timedelta(days=days))


def by_day(found, name):
    return {day.day.day: value for day in found.days if (value := getattr(day, name))}


def test_nothing_yet(alice):
    found = statistics_of(alice, 7)

    assert len(found.days) == 7
    assert found.days[-1].day == NOON.date()
    assert found.is_empty
    assert found.totals.views is None


def test_a_week_as_it_really_was(alice, travel):
    """Some days of readers and deeds, and what stands in the statistics afterwards."""
    crowd = [make_user() for _ in range(6)]
    tweet = make_tweet(alice)
    read = {10: 30, 11: 4, 12: 0, 13: 12, 14: 7}
    for number, (day, readers) in enumerate(read.items()):
        at_noon = datetime(2026, 3, day, 12, tzinfo=UTC)
        travel.move_to(at_noon)
        read_by(readers, tweet)
        visited_by(range(readers // 2), alice.pk)
        like_tweet(crowd[number], tweet)
        make_reply(crowd[number], tweet)
        travel.move_to(datetime(2026, 3, day + 1, 0, 5, tzinfo=UTC))
        close_days()
        roll_up_days()
    travel.move_to(datetime(2026, 3, 15, 9, tzinfo=UTC))
    retweet(crowd[5], tweet)

    found = statistics_of(alice, 7)

    assert by_day(found, "views") == {10: pytest.approx(30, abs=2), 13: pytest.approx(12, abs=1), 14: 7}
    assert by_day(found, "visits") == {10: pytest.approx(15, abs=1), 13: 6}
    assert by_day(found, "likes") == dict.fromkeys(read, 1)
    assert by_day(found, "replies") == dict.fromkeys(read, 1)
    assert by_day(found, "retweets") == {15: 1}
    assert found.totals.likes == 5
    assert found.totals.views == sum(day.views or 0 for day in found.days)


def test_what_is_small_cannot_be_computed_from_the_sum(alice, travel, settings):
    tweet = make_tweet(alice)
    read_by(20, tweet)
    at(travel, 1)
    read_by(settings.STATISTICS_LEAST_PEOPLE - 1, tweet)
    at(travel, 2)

    found = statistics_of(alice, 7)
    known = found.days[-3].views
    assert known == pytest.approx(20, abs=1)
    assert [day.views for day in found.days[-2:]] == [None, None]
    assert found.totals.views == known


@pytest.mark.parametrize(("readers", "told"), [(3, None), (4, None), (5, 5), (9, 5), (10, 10), (14, 10)])
def test_today_moves_in_steps(alice, readers, told):
    read_by(readers, make_tweet(alice))
    assert statistics_of(alice, 7).days[-1].views == told


def test_the_deeds_of_today_stand_there_at_once_and_follow_what_is_taken_back(alice, bob, carol):
    tweet = make_tweet(alice)
    for person in (bob, carol, alice):
        like_tweet(person, tweet)
    make_quote(bob, tweet)
    make_reply(alice, tweet)
    today = statistics_of(alice, 7).days[-1]
    assert (today.likes, today.quotes, today.replies, today.responses) == (2, 1, 0, 3)

    unlike_tweet(bob, tweet)
    assert statistics_of(alice, 7).days[-1].likes == 1


def test_nothing_is_counted_twice_between_midnight_and_the_count(alice, bob, travel):
    like_tweet(bob, make_tweet(alice))
    travel.move_to(datetime(2026, 3, 11, 0, 1, tzinfo=UTC))
    assert by_day(statistics_of(alice, 7), "likes") == {10: 1}
    at(travel, 1)
    assert by_day(statistics_of(alice, 7), "likes") == {10: 1}


def test_the_range_before_is_as_long(alice, bob, carol, travel):
    old = make_tweet(alice)
    like_tweet(bob, old)
    read_by(10, old)
    at(travel, 7)
    like_tweet(carol, make_tweet(alice))
    read_by(13, old)

    found = statistics_of(alice, 7)
    assert (found.totals.likes, found.before.likes) == (1, 1)
    assert (found.totals.views, found.before.views) == (10, 10)  # today in steps of five
    assert statistics_of(alice, 30).totals.likes == 2
    assert statistics_of(alice, 30).before.likes == 0


def test_followers_are_carried_from_day_to_day(alice, travel):
    people = [make_user() for _ in range(4)]
    follow_user(people[0], alice)
    follow_user(people[1], alice)
    at(travel, 3)
    follow_user(people[2], alice)
    at(travel, 5)
    follow_user(people[3], alice)

    found = statistics_of(alice, 7)
    assert [day.followers for day in found.days] == [None, 2, 2, 2, 3, 3, 4]
    assert found.followers_gained is None
    at(travel, 11)
    found = statistics_of(alice, 7)
    assert [day.followers for day in found.days] == [4] * 7
    assert found.followers_gained == 1  # since the 14th, the day before these
    at(travel, 20)
    assert statistics_of(alice, 7).followers_gained == 0


def test_hours_are_those_of_the_authors_clock(alice, bob, travel):
    alice.time_zone = "Asia/Tokyo"
    alice.save()
    tweet = make_tweet(alice)
    travel.move_to(NOON.replace(hour=20))  # Tuesday; 05:00 of Wednesday in Tokyo
    like_tweet(bob, tweet)
    for _ in range(2):  # while it is counted from today, and when it was rolled up
        found = statistics_of(alice, 7)
        assert {
            (weekday, hour): number
            for weekday, hours in enumerate(found.hours)
            for hour, number in enumerate(hours)
            if number
        } == {(2, 5): 1}
        at(travel, 1)
    assert found.zone == "Asia/Tokyo"


def test_clicks(alice, travel):
    tweet = make_tweet(alice)
    for one in range(6):
        count_link(tweet.pk, alice.pk, visitor(one), None)
    write_views()
    at(travel, 1)

    assert by_day(statistics_of(alice, 7), "clicks") == {10: 6}


def test_others_are_told_their_own(alice, bob):
    read_by(10, make_tweet(alice))

    assert statistics_of(bob, 7).is_empty


@pytest.mark.parametrize("number", [1, 12])
def test_it_costs_the_same_for_many(alice, bob, number, travel, django_assert_num_queries):
    for _ in range(number):
        tweet = make_tweet(alice)
        like_tweet(bob, tweet)
        read_by(6, tweet)
    at(travel, 2)
    like_tweet(bob, make_tweet(alice))
    alice.refresh_from_db()
    with django_assert_num_queries(11):
        statistics_of(alice, 90)
