"""Who came today: noted in memory, and written at most once a day for each person.

Nothing is kept but the last day and the one before it. How many of a week's newcomers come again is added up
as people come, so that nobody's days have to be remembered for it.
"""

import threading
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from time import time

from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.db import transaction

from analytics.actions.beside import beside
from analytics.models import LastActive, Retention, RollUp
from common.ids import moment_of

_DAY_SECONDS = 24 * 3600


class _Seen:
    """Whom this process saw on the day in hand; `waiting` are those that are not written yet."""

    def __init__(self) -> None:
        self.day_number = 0
        self.known: set[int] = set()
        self.waiting: set[tuple[int, int]] = set()  # day and person


_seen = _Seen()
_noting = threading.Lock()


def note_active(person_id: int) -> None:
    """Somebody is here. No query; most calls find that it is known."""
    day_number = int(time()) // _DAY_SECONDS
    if day_number == _seen.day_number and person_id in _seen.known:
        return
    with _noting:
        if day_number != _seen.day_number or len(_seen.known) >= settings.STATISTICS_PEOPLE_MAX:
            _seen.known.clear()
            _seen.day_number = day_number
        _seen.known.add(person_id)
        _seen.waiting.add((day_number, person_id))
    beside.wake()


def write_active() -> int:
    """Write down whom this process saw since. Returns for how many it was the first time on that day.

    Raises a database error when it cannot, and keeps what it had. Five queries for each
    STATISTICS_ROWS_AT_ONCE people.
    """
    with _noting:
        waiting, _seen.waiting = _seen.waiting, set()
    try:
        return sum(_write_day(day_number, waiting) for day_number in sorted({day for day, _ in waiting}))
    except DatabaseTrouble:
        with _noting:
            _seen.waiting |= waiting
        raise


def _write_day(day_number: int, waiting: set[tuple[int, int]]) -> int:
    day = datetime.fromtimestamp(day_number * _DAY_SECONDS, UTC).date()
    people = sorted(person for number, person in waiting if number == day_number)
    size = settings.STATISTICS_ROWS_AT_ONCE
    if people:
        RollUp.objects.get_or_create(pk=1)
    return sum(_write_some(day, people[start : start + size]) for start in range(0, len(people), size))


@transaction.atomic
def _write_some(day: date, people: Sequence[int]) -> int:
    """One process at a time, or two would count a newcomer of whom both know."""
    RollUp.objects.select_for_update().get(pk=1)
    known = {row.person_id: row for row in LastActive.objects.filter(person_id__in=people)}
    came = [person for person in people if person not in known or known[person].day < day]
    again = Counter(
        monday_of(moment_of(person).date())
        for person in came
        if person not in known or monday_of(known[person].day) < monday_of(day)
    )
    LastActive.objects.bulk_create(
        [LastActive(person_id=one, day=day, before=known[one].day if one in known else None) for one in came],
        update_conflicts=True,
        unique_fields=["person_id"],
        update_fields=["day", "before"],
    )
    _add(monday_of(day), again)
    return len(came)


def _add(week: date, joined: Counter[date]) -> None:
    before = {row.joined: row.people for row in Retention.objects.filter(week=week, joined__in=joined)}
    Retention.objects.bulk_create(
        [
            Retention(joined=monday, week=week, people=before.get(monday, 0) + number)
            for monday, number in sorted(joined.items())
        ],
        update_conflicts=True,
        unique_fields=["joined", "week"],
        update_fields=["people"],
    )


def monday_of(day: date) -> date:
    """Of its week."""
    return day - timedelta(days=day.weekday())


beside.writes(write_active)
