"""What an author is told of a range of days: numbers for each day, in all, and of the range before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from accounts.models import User
from accounts.time_zones import zone_of
from analytics.models import AuthorDay, Kind, Reach, Sketch
from analytics.queries.lately import Lately, lately
from analytics.sketch import estimate

HOURS, WEEKDAYS = 24, 7


@dataclass(slots=True)
class Figures:
    """Of one day, or of several. None is a number too small to be shown, or for followers an unknown one.

    What is added up counts such a day as none, so that nobody can compute it from the sum.
    """

    views: int | None = None
    visits: int | None = None
    clicks: int | None = None
    likes: int = 0
    retweets: int = 0
    quotes: int = 0
    replies: int = 0
    followers: int | None = None  # at the end of it

    @property
    def responses(self) -> int:
        return self.likes + self.retweets + self.quotes + self.replies


@dataclass(slots=True)
class DayFigures(Figures):
    day: date = date.min


@dataclass(frozen=True, slots=True)
class Statistics:
    """`days` are those of UTC, oldest first; the last is today, which is not over. `hours` are the responses
    of each weekday, Monday first, and hour of the author's own clock.
    """

    days: tuple[DayFigures, ...]
    totals: Figures
    before: Figures
    followers_gained: int | None
    hours: tuple[tuple[int, ...], ...]
    zone: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be told of any day."""
        return not self.totals.responses and not any(
            (self.totals.views, self.totals.visits, self.totals.clicks, self.followers_gained)
        )


def today_utc() -> date:
    return timezone.now().astimezone(UTC).date()


def statistics_of(author: User, number_of_days: int) -> Statistics:
    """For the author alone. Ten queries, whatever there is: days that are over are read from what the clock
    counted, what came since from the newest STATISTICS_TODAY_TWEETS tweets.
    """
    today = today_utc()
    first = today - timedelta(days=number_of_days - 1)
    earliest = first - timedelta(days=number_of_days)
    every = {earliest + timedelta(days=n): DayFigures() for n in range(2 * number_of_days)}
    for day, figures in every.items():
        figures.day = day
    _fill_readers(author, every, today)
    rows = list(AuthorDay.objects.filter(author_id=author.pk, day__gte=earliest).order_by("day"))
    newest = lately(author)
    _fill_deeds(every, rows, newest)
    _fill_followers(author, every, rows, earliest)
    days = tuple(figures for day, figures in every.items() if day >= first)
    before = [figures for day, figures in every.items() if day < first]
    zone = zone_of(author)
    return Statistics(
        days=days,
        totals=_total(days),
        before=_total(before),
        followers_gained=_gained(before[-1], days[-1]),
        hours=_hours(rows, newest, first, zone),
        zone=str(zone),
    )


def shown_today(people: int) -> int | None:
    """Of a day that is not over: in steps, so that nobody sees a single reader come."""
    step = settings.STATISTICS_TODAY_STEP
    return shown(people // step * step)


def shown(people: int) -> int | None:
    """None for a number so small that it might tell who."""
    return people if people >= settings.STATISTICS_LEAST_PEOPLE else None


def people_today(kinds: Sequence[Kind], things: Sequence[int]) -> dict[tuple[int, int], int | None]:
    """How many came today to each of these, by kind and thing. One query."""
    rows = Sketch.objects.filter(day=today_utc(), thing__in=things, kind__in=kinds)
    return {(row.kind, row.thing): shown_today(estimate(bytes(row.marks))) for row in rows}


def added(numbers: Iterable[int | None]) -> int | None:
    """The sum of those that are shown; None if none is."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


_READERS = {Kind.AUTHOR: "views", Kind.PROFILE: "visits", Kind.LINKS: "clicks"}


def _fill_readers(author: User, every: Mapping[date, DayFigures], today: date) -> None:
    kinds = list(_READERS)
    rows = Reach.objects.filter(author_id=author.pk, kind__in=kinds, day__gte=min(every), thing=author.pk)
    for row in rows:
        if row.day in every:
            setattr(every[row.day], _READERS[Kind(row.kind)], shown(row.people))
    for (kind, _), people in people_today(kinds, [author.pk]).items():
        setattr(every[today], _READERS[Kind(kind)], people)


def _fill_deeds(every: Mapping[date, DayFigures], rows: Iterable[AuthorDay], newest: Lately) -> None:
    for row in rows:
        if row.day in every:
            for name in ("likes", "retweets", "quotes", "replies"):
                setattr(every[row.day], name, getattr(row, name))
    for name, hours in newest.items():
        for hour, number in hours.items():
            figures = every.get(hour.date())
            if figures is not None:
                setattr(figures, name, getattr(figures, name) + number)


def _fill_followers(
    author: User, every: Mapping[date, DayFigures], rows: Iterable[AuthorDay], earliest: date
) -> None:
    """A day without a number of its own has that of the day before."""
    noted = AuthorDay.objects.filter(author_id=author.pk, followers__isnull=False, day__lt=earliest)
    known = noted.order_by("-day").values_list("followers", flat=True).first()
    changes = {row.day: row.followers for row in rows if row.followers is not None}
    for day, figures in every.items():
        known = changes.get(day, known)
        figures.followers = known
    now = User.objects.filter(pk=author.pk).aggregate(now=Sum("followers_count"))["now"]
    every[max(every)].followers = now


def _total(days: Sequence[Figures]) -> Figures:
    return Figures(
        views=added(day.views for day in days),
        visits=added(day.visits for day in days),
        clicks=added(day.clicks for day in days),
        likes=sum(day.likes for day in days),
        retweets=sum(day.retweets for day in days),
        quotes=sum(day.quotes for day in days),
        replies=sum(day.replies for day in days),
        followers=days[-1].followers,
    )


def _gained(before: Figures, last: Figures) -> int | None:
    if before.followers is None or last.followers is None:
        return None
    return last.followers - before.followers


def _hours(
    rows: Iterable[AuthorDay], newest: Lately, first: date, zone: ZoneInfo
) -> tuple[tuple[int, ...], ...]:
    grid = [[0] * HOURS for _ in range(WEEKDAYS)]
    for moment, number in _moments(rows, newest):
        if number and moment.date() >= first:
            local = moment.astimezone(zone)
            grid[local.weekday()][local.hour] += number
    return tuple(tuple(hours) for hours in grid)


def _moments(rows: Iterable[AuthorDay], newest: Lately) -> Iterable[tuple[datetime, int]]:
    for row in rows:
        midnight = datetime(row.day.year, row.day.month, row.day.day, tzinfo=UTC)
        for hour, number in enumerate(row.hours):
            yield midnight + timedelta(hours=hour), number
    for hours in newest.values():
        yield from hours.items()
