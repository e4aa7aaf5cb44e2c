"""Who came: written once a day, with nothing kept but two days, and who of a week's newcomers came again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import OperationalError

from analytics.actions import active, note_active, write_active
from analytics.models import LastActive, Retention
from tests.analytics.readers import NOON
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]


def came(person, *days, travel):
    """On these days of March; the 32nd is the first of April."""
    for day in days:
        travel.move_to(datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(days=day - 1))
        note_active(person.pk)
        write_active()


def days_of(person):
    row = LastActive.objects.get(person_id=person.pk)
    return (row.day.day, row.before and row.before.day)


def test_the_last_day_and_the_one_before_are_known(alice, travel):
    came(alice, 10, travel=travel)
    assert days_of(alice) == (10, None)
    came(alice, 11, 11, 14, travel=travel)
    assert days_of(alice) == (14, 11)


def test_it_is_written_once_a_day(alice, travel, django_assert_num_queries):
    came(alice, 10, travel=travel)
    note_active(alice.pk)
    with django_assert_num_queries(0):
        assert write_active() == 0


def test_another_process_does_not_count_again(alice, monkeypatch):
    note_active(alice.pk)
    assert write_active() == 1
    monkeypatch.setattr(active, "_seen", active._Seen())  # the other process
    note_active(alice.pk)
    assert write_active() == 0
    assert [row.people for row in Retention.objects.all()] == [1]


@pytest.mark.parametrize("number", [1, 40])
def test_many_are_written_together(number, django_assert_num_queries):
    people = [make_user() for _ in range(number)]
    note_active(people[0].pk)
    write_active()
    for person in [*people, make_user()]:
        note_active(person.pk)
    with django_assert_num_queries(8):  # three are the transaction and the row that holds it
        write_active()
    assert LastActive.objects.count() == number + 1


def test_newcomers_who_come_again_are_counted_once_for_each_week(travel):
    alice, bob, carol = (make_user() for _ in range(3))
    came(alice, 10, 11, 17, 18, 24, travel=travel)
    came(bob, 24, travel=travel)
    travel.move_to(datetime(2026, 3, 18, 12, tzinfo=UTC))
    dave = make_user()
    came(dave, 18, 31, travel=travel)
    came(carol, 32, travel=travel)  # 1 April

    joined = {(row.joined.day, row.week.day): row.people for row in Retention.objects.all()}
    assert joined == {(9, 9): 1, (9, 16): 1, (9, 23): 2, (16, 16): 1, (16, 30): 1, (9, 30): 1}


def test_while_the_database_is_away_it_waits(alice, monkeypatch):
    note_active(alice.pk)
    with monkeypatch.context() as broken:
        broken.setattr(active, "_write_some", away)
        with pytest.raises(OperationalError):
            write_active()
    assert write_active() == 1


def away(day, people):
    raise OperationalError("away")


def test_a_process_remembers_so_many(settings):
    settings.STATISTICS_PEOPLE_MAX = 3
    for person in range(10):
        note_active(person)

    assert len(active._seen.known) <= 3
    assert len(active._seen.waiting) == 10


def test_a_new_day_begins_anew(alice, travel):
    note_active(alice.pk)
    travel.move_to(NOON.replace(day=11))
    note_active(alice.pk)
    write_active()

    assert days_of(alice) == (11, 10)
    assert active.monday_of(date(2026, 3, 15)) == date(2026, 3, 9)
