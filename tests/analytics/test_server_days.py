"""The server's days as the clock counts them, and who of those that joined came again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import User
from analytics.actions import count_server_day, note_active, write_active
from analytics.models import ServerDay
from analytics.queries import cohorts, server_days
from tests.analytics.readers import NOON
from tests.factories import make_image, make_tweet, make_user
from tweets.actions import retweet
from tweets.models import Tweet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]


def on(travel, day, hour=12):
    travel.move_to(datetime(2026, 3, day, hour, tzinfo=UTC))


def came(*people):
    for person in people:
        note_active(person.pk)
    write_active()


def today():
    count_server_day()
    return server_days(1)[-1]


def test_people_and_who_joined(alice, travel):
    make_user("dave@elsewhere.example")  # lives on another server
    gone = make_user()
    User.objects.filter(pk=gone.pk).update(state=User.State.GONE)
    on(travel, 11)
    make_user()
    make_user()

    assert (today().people, today().joined) == (3, 2)


def test_tweets_of_the_day_and_in_all(alice, bob, travel):
    old = make_tweet(alice)
    on(travel, 11)
    make_tweet(alice)
    retweet(bob, old)
    make_tweet(alice, "psst @bob", visibility=Tweet.Visibility.DIRECT)

    assert (today().tweets, today().tweets_in_all) == (1, 2)


def test_who_was_active_in_a_day_a_week_a_month(travel):
    alice, bob, carol, dave = (make_user() for _ in range(4))
    on(travel, 1)
    came(dave)
    on(travel, 10)
    came(carol)
    on(travel, 14)
    came(alice, bob)
    on(travel, 15)
    came(alice)

    found = today()
    assert (found.active_1, found.active_7, found.active_30) == (1, 3, 4)


def test_a_day_is_counted_once_more_when_it_is_over_with_those_who_came_again_since(travel):
    alice, bob, carol = (make_user() for _ in range(3))
    on(travel, 10, 20)
    came(alice, bob)
    count_server_day()
    on(travel, 10, 23)
    came(carol)
    on(travel, 11, 1)
    came(alice)
    count_server_day()

    yesterday, found = server_days(2)
    assert (yesterday.active_1, yesterday.active_7, yesterday.is_over) == (3, 3, True)
    assert (found.active_1, found.active_7, found.is_over) == (1, 3, False)
    on(travel, 11, 2)
    came(bob, carol)
    count_server_day()
    assert server_days(2)[0].active_1 == 3  # it was over, and stays


def test_days_that_the_server_missed_are_made_up_for(alice, travel):
    for day in (11, 12, 13):
        on(travel, day)
        for _ in range(day - 10):
            make_user()
        make_tweet(alice)
    on(travel, 20)
    for _ in range(20):
        count_server_day()

    found = {row.day.day: (row.joined, row.tweets) for row in server_days(10) if row.joined}
    assert found == {11: (1, 1), 12: (2, 1), 13: (3, 1)}
    assert ServerDay.objects.filter(is_over=True).count() == 89


def of_its_time(row):
    return (
        *(row.active_1, row.active_7, row.active_30),
        *(row.tweets_in_all, row.database_bytes, row.picture_bytes),
    )


def test_of_days_that_the_server_missed_nothing_is_invented(alice, travel):
    on(travel, 11)
    make_tweet(alice)
    make_image(alice)
    came(alice)
    on(travel, 20)
    came(alice)
    for _ in range(20):
        count_server_day()

    *missed, found = server_days(20)
    assert {of_its_time(row) for row in missed} == {(None,) * 6}
    assert all(row.is_over for row in missed)
    assert sum(row.tweets for row in missed) == 1
    assert of_its_time(found)[:4] == (1, 1, 1, 1)
    assert found.database_bytes > found.picture_bytes > 0


def test_a_yesterday_that_nobody_counted_is_not_known_either(alice, travel):
    came(alice)
    make_tweet(alice)
    on(travel, 11)
    count_server_day()

    yesterday = ServerDay.objects.get(day=NOON.date())
    assert of_its_time(yesterday) == (None,) * 6
    assert (yesterday.tweets, yesterday.is_over) == (1, True)


def test_what_was_noted_while_a_day_lasted_stays_with_what_was_said_later(alice, travel):
    on(travel, 11)
    make_tweet(alice)
    came(alice)
    noted = of_its_time(today())
    on(travel, 11, 20)
    make_tweet(alice)
    on(travel, 18)
    make_image(alice)
    make_tweet(alice)
    came(make_user(), make_user())
    for _ in range(20):
        count_server_day()

    row = ServerDay.objects.get(day=date(2026, 3, 11))
    assert of_its_time(row) == noted
    assert None not in noted
    assert (row.tweets, row.is_over) == (2, True)


def test_how_much_room_is_taken(alice):
    image = make_image(alice)
    found = today()

    assert found.picture_bytes == image.bytes_used > 0
    assert found.database_bytes > 100_000


def test_most_of_the_time_it_counts_one_day(alice, travel, django_assert_num_queries):
    for _ in range(30):
        count_server_day()
    with django_assert_num_queries(11):
        count_server_day()


def test_a_day_without_a_count_has_the_people_of_the_day_before():
    ServerDay.objects.create(day=NOON.date() - timedelta(days=2), people=7, active_1=3)

    assert [(row.people, row.active_1) for row in server_days(4)] == [
        (0, None),
        (7, 3),
        (7, None),
        (7, None),
    ]


def test_who_of_those_that_joined_came_again(travel):
    on(travel, 2)  # a Monday
    first = [make_user() for _ in range(4)]
    came(*first)
    count_server_day()
    on(travel, 9)
    came(first[0], first[1], first[2])
    on(travel, 17)
    came(first[0])
    late = make_user()
    came(late)
    for _ in range(20):
        count_server_day()

    found = {one.week: one for one in cohorts()}
    assert found[date(2026, 3, 2)].came == (4, 3, 1)
    assert found[date(2026, 3, 2)].percents == (100, 75, 25)
    assert (found[date(2026, 3, 9)].joined, found[date(2026, 3, 9)].percents) == (0, (0, 0))
    assert found[date(2026, 3, 16)].came == (1,)
    assert len(found) == 8
