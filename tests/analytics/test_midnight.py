"""The end of a day: of its readers only numbers remain, and nothing tells who they were."""

import pytest

from analytics.actions import (
    close_days,
    count_views,
    forget_author,
    forget_tweet,
    views,
    write_views,
)
from analytics.models import CountedDay, Kind, Reach, Sketch
from tests.analytics.readers import NOON, end_day, read_by, shown, visitor
from tests.factories import make_tweet, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("same_estimates", "travel")]


def test_after_midnight_numbers_are_all_that_is_left(alice, bob, hello, travel):
    read_by(40, hello)
    count_views(shown(hello), visitor(1), bob.pk)
    write_views()

    end_day(travel)

    assert not Sketch.objects.exists()
    assert not CountedDay.objects.exists()
    assert {(row.kind, row.thing): row.people for row in Reach.objects.all()} == {
        (Kind.TWEET, hello.pk): pytest.approx(41, abs=3),
        (Kind.AUTHOR, alice.pk): pytest.approx(41, abs=3),
    }
    assert {field.name for field in Reach._meta.get_fields()} == {
        "id", "day", "kind", "thing", "author_id", "people"
    }  # fmt: skip


def test_a_new_day_has_another_salt(hello, travel):
    read_by(1, hello)
    first = bytes(CountedDay.objects.get().salt)
    end_day(travel)
    read_by(1, hello)

    assert bytes(CountedDay.objects.get().salt) != first


def test_the_salt_is_nothing_that_can_be_computed_again(hello, monkeypatch):
    """Neither from the day nor from any key of the server."""
    monkeypatch.undo()

    assert len({views._new_salt() for _ in range(100)}) == 100
    assert len(views._new_salt()) == 32


def test_few_readers_leave_no_number(hello, travel, settings):
    read_by(settings.STATISTICS_LEAST_PEOPLE - 1, hello)
    end_day(travel)
    assert not Reach.objects.exists()


def test_as_many_as_are_told_leave_one(hello, travel, settings):
    read_by(settings.STATISTICS_LEAST_PEOPLE, hello)
    end_day(travel)
    assert Reach.objects.count() == 2


def test_what_was_read_before_midnight_may_be_written_a_little_after(alice, hello, travel):
    read_by(5, hello)
    count_views(shown(hello), visitor(9), None)
    travel.move_to(NOON.replace(day=11, hour=0, minute=0, second=30))
    close_days()
    write_views()
    end_day(travel)

    assert Reach.objects.get(kind=Kind.TWEET).people == 6


def test_what_comes_later_than_that_is_lost_and_opens_no_day_again(hello, travel):
    read_by(6, hello)
    count_views(shown(hello), visitor(9), None)
    end_day(travel)
    assert write_views() == 0

    assert not CountedDay.objects.exists()
    assert not Sketch.objects.exists()


def test_the_end_of_a_day_goes_on_where_it_was_stopped(alice, travel, settings, monkeypatch):
    settings.STATISTICS_ROWS_AT_ONCE = 2
    tweets = [make_tweet(alice) for _ in range(4)]
    read_by(6, *tweets)
    travel.move_to(NOON.replace(day=11))
    monkeypatch.setattr("analytics.actions.days._close_some", lambda today: False)
    close_days()  # stopped behind the salt
    monkeypatch.undo()
    settings.STATISTICS_ROWS_AT_ONCE = 2
    assert not CountedDay.objects.exists()
    close_days()
    close_days()

    assert Reach.objects.count() == 5
    assert not Sketch.objects.exists()


def test_today_stays_open(hello):
    read_by(6, hello)
    close_days()

    assert Sketch.objects.count() == 2
    assert not Reach.objects.exists()


def test_numbers_go_with_the_tweet_and_with_its_author(alice, hello, travel):
    read_by(6, hello)
    end_day(travel)
    read_by(6, hello)
    forget_tweet(hello.pk)
    assert not Reach.objects.filter(thing=hello.pk).exists()
    assert not Sketch.objects.filter(thing=hello.pk).exists()
    assert Reach.objects.filter(thing=alice.pk).exists()

    while forget_author(alice, 1):
        pass
    assert not Reach.objects.filter(author_id=alice.pk).exists()
    assert not Sketch.objects.filter(author_id=alice.pk).exists()


def test_others_keep_theirs(alice, hello, bob, travel):
    read_by(6, hello, make_tweet(bob))
    make_user()
    end_day(travel)
    forget_author(alice, 100)
    assert {row.author_id for row in Reach.objects.all()} == {bob.pk}
