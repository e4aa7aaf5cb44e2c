"""How the server is doing: people, what they say, what it takes, for staff."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from analytics.models import ServerDay
from analytics.queries import Cohort, cohorts, server_days
from jobs.queries import Queue, queues
from moderation.queries import ReportDay, report_days
from web.access import staff_required
from web.charts import HeatMap, Value, bar_chart, heat_map, line_chart
from web.csv_files import csv_file
from web.views.moderation.frame import staff_page
from web.views.statistics.author import days_wanted

_UNKNOWN = "not known"

_readers = staff_required(Permission.SEE_STATISTICS)


@dataclass(frozen=True, slots=True)
class Row:
    """One day: what the clock counted of it, and its reports."""

    counted: ServerDay
    reports: ReportDay


@_readers
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Queries: two for each of people, reports and jobs, one for the days, and those of the frame."""
    days = days_wanted(request)
    rows = _rows(days)
    found, weeks = queues(), cohorts()
    context: dict[str, Any] = {
        "days": days,
        "ranges": settings.STATISTICS_DAYS,
        "newest_first": rows[::-1],
        "first": rows[0].counted,
        "today": rows[-1].counted,
        "figures": _figures(rows, found),
        "has_unknown": any(row.counted.active_1 is None for row in rows),
        "active": bar_chart([_value(row.counted.day, row.counted.active_1, "person came") for row in rows]),
        "joined": bar_chart([_value(row.counted.day, row.counted.joined, "joined") for row in rows]),
        "tweets": bar_chart([_value(row.counted.day, row.counted.tweets, "said") for row in rows]),
        "stored": line_chart([_value(row.counted.day, _megabytes(row.counted), "MB") for row in rows]),
        "weeks": [(week, _padded(week, len(weeks))) for week in reversed(weeks)],
        "week_numbers": range(len(weeks)),
        "retention": _retention_map(weeks),
        "queues": found,
    }
    return staff_page(request, "statistics.html", "statistics", context)


@_readers
@require_safe
def days_csv(request: HttpRequest) -> HttpResponse:
    days = days_wanted(request)
    names = [field.name for field in ServerDay._meta.fields if field.name not in ("day", "is_over")]
    rows = [
        [
            row.counted.day.isoformat(),
            *(_told(getattr(row.counted, name)) for name in names),
            *(row.reports.made, row.reports.closed),
        ]
        for row in _rows(days)
    ]
    return csv_file(f"server-{days}-days.csv", [["day", *names, "reports_made", "reports_closed"], *rows])


def _rows(days: int) -> list[Row]:
    counted = server_days(days)
    reports = report_days(counted[0].day)
    return [Row(day, reports.get(day.day, ReportDay())) for day in counted]


def _figures(rows: list[Row], found: list[Queue]) -> list[dict[str, str]]:
    today = rows[-1].counted
    waiting, failed = sum(queue.due for queue in found), sum(queue.failed for queue in found)
    oldest = max((queue.oldest_seconds for queue in found), default=0)
    return [
        _figure("People", f"{today.people:,}"),
        _active_figure("Active today", today.active_1),
        _active_figure("Active, 7 days", today.active_7),
        _active_figure("Active, 30 days", today.active_30),
        _figure("Joined", f"{sum(row.counted.joined for row in rows):,}"),
        _figure("Tweets", f"{sum(row.counted.tweets for row in rows):,}", _in_all(today)),
        _figure("Reports", f"{sum(row.reports.made for row in rows):,}", f"{_handled(rows):,} handled"),
        _figure("Jobs waiting", f"{waiting:,}", _late(failed, oldest)),
    ]


def _figure(name: str, number: str, more: str = "") -> dict[str, str]:
    return {"name": name, "number": number, "more": more}


def _active_figure(name: str, number: int | None) -> dict[str, str]:
    return _figure(name, "–", "not counted yet") if number is None else _figure(name, f"{number:,}")


def _in_all(today: ServerDay) -> str:
    return "" if today.tweets_in_all is None else f"{today.tweets_in_all:,} in all"


def _handled(rows: list[Row]) -> int:
    return sum(row.reports.closed for row in rows)


def _late(failed: int, oldest_seconds: int) -> str:
    words = f"{failed:,} failed" if failed else "none failed"
    return f"{words}, oldest {timedelta(seconds=oldest_seconds)}" if oldest_seconds >= 60 else words


def _value(day: date, number: int | None, what: str) -> Value:
    words = _UNKNOWN if number is None else f"{number:,} {what}"
    return Value(f"{day.day} {day:%b}", f"{day.day} {day:%B}: {words}", number)


def _told(number: int | None) -> int | str:
    return _UNKNOWN if number is None else number


def _megabytes(day: ServerDay) -> int | None:
    """None for a day of which nobody knows."""
    if day.database_bytes is None or day.picture_bytes is None:
        return None
    return round((day.database_bytes + day.picture_bytes) / 1_000_000)


def _padded(week: Cohort, length: int) -> list[int | None]:
    """Percents, and nothing for weeks to come."""
    return [*week.percents, *[None] * (length - len(week.percents))]


def _retention_map(weeks: list[Cohort]) -> HeatMap:
    length = len(weeks)
    names = [f"{week.week.day} {week.week:%b}" for week in weeks]
    numbers = [[number or 0 for number in _padded(week, length)] for week in weeks]
    columns = ["0", *(f"+{number}" for number in range(1, length))]
    return heat_map(numbers, names, columns, unit="%")
