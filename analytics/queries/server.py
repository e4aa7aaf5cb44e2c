"""What staff are told of the server: its days, and who of those that joined came again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.models import Retention, ServerDay
from analytics.queries.figures import today_utc

RETENTION_WEEKS = 8


@dataclass(frozen=True, slots=True)
class Cohort:
    """Those who joined in one week: how many, and of them how many came in that week and each one after, as
    far as those weeks have begun; the last is not over.
    """

    week: date
    joined: int
    came: tuple[int, ...]

    @property
    def percents(self) -> tuple[int, ...]:
        most = max(self.joined, 1)
        return tuple(min(round(number * 100 / most), 100) for number in self.came)


def server_days(number_of_days: int) -> list[ServerDay]:
    """Each day up to today, oldest first. A day that nobody counted has the people of the day before, and
    nothing else is known of it. One query.
    """
    today = today_utc()
    first = today - timedelta(days=number_of_days - 1)
    known = {row.day: row for row in ServerDay.objects.filter(day__gte=first)}
    found: list[ServerDay] = []
    for number in range(number_of_days):
        day = first + timedelta(days=number)
        found.append(known.get(day) or _missing(day, found[-1] if found else None))
    return found


def cohorts() -> list[Cohort]:
    """Of the last RETENTION_WEEKS weeks, newest last. Two queries."""
    today = today_utc()
    this_week = today - timedelta(days=today.weekday())
    first = this_week - timedelta(weeks=RETENTION_WEEKS - 1)
    joined: dict[date, int] = {}
    for day, number in ServerDay.objects.filter(day__gte=first).values_list("day", "joined"):
        monday = day - timedelta(days=day.weekday())
        joined[monday] = joined.get(monday, 0) + number
    came = {(row.joined, row.week): row.people for row in Retention.objects.filter(joined__gte=first)}
    weeks = [first + timedelta(weeks=number) for number in range(RETENTION_WEEKS)]
    return [_cohort(week, this_week, joined.get(week, 0), came) for week in weeks]


def _cohort(week: date, this_week: date, joined: int, came: Mapping[tuple[date, date], int]) -> Cohort:
    weeks = (this_week - week).days // 7 + 1
    return Cohort(week, joined, tuple(came.get((week, week + timedelta(weeks=n)), 0) for n in range(weeks)))


def _missing(day: date, before: ServerDay | None) -> ServerDay:
    row = ServerDay(day=day)
    if before is not None:
        row.people = before.people
    return row
