"""Counting the server's own days, by the clock: what staff look at costs a few rows."""

from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db.models import Q, Sum
from django.utils import timezone

from accounts.models import User
from analytics.models import LastActive, ServerDay
from attachments.models import Attachment
from common.ids import id_at
from common.replicas.routing import reading_connection
from tweets.models import Tweet

_MADE_UP_FOR = 5  # days, each time
_OF_ITS_TIME = (  # what only its own time can tell
    "active_1",
    "active_7",
    "active_30",
    "tweets_in_all",
    "database_bytes",
    "picture_bytes",
)
_SIZES = {
    "postgresql": "SELECT pg_database_size(current_database())",
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
}


def count_server_day() -> None:
    """Today so far, and days that are over and were not counted since: yesterday, and _MADE_UP_FOR more of
    those that the server missed. Safe to run at any time.

    For each day it looks at all people and at its tweets, which know when they came. How many were active and
    how much room was taken is known of today, and of yesterday if it was counted then too; of any other day
    stays what was noted while it lasted, or nothing.
    """
    today = timezone.now().astimezone(UTC).date()
    past = [today - timedelta(days=number) for number in range(1, max(settings.STATISTICS_DAYS))]
    counted = ServerDay.objects.filter(day__gte=past[-1], is_over=True).values_list("day", flat=True)
    missed = sorted(set(past) - set(counted), reverse=True)[: _MADE_UP_FOR + 1]
    for day in missed:
        row = _counted(day)
        if day == past[0] and ServerDay.objects.filter(day=day).exists():
            _look_around(row)
        _write(row, is_over=True)
    row = _counted(today)
    _look_around(row)
    _write(row, is_over=False)


def _write(day: ServerDay, *, is_over: bool) -> None:
    """What is not known now, but was noted once, stays as it is."""
    day.is_over = is_over
    unknown = [name for name in _OF_ITS_TIME if getattr(day, name) is None]
    fields = [field.name for field in ServerDay._meta.fields if field.name not in ("day", *unknown)]
    ServerDay.objects.bulk_create([day], update_conflicts=True, unique_fields=["day"], update_fields=fields)


def _counted(day: date) -> ServerDay:
    begins = datetime(day.year, day.month, day.day, tzinfo=UTC)
    first, end = id_at(begins), id_at(begins + timedelta(days=1))
    here = User.objects.local().exclude(state=User.State.GONE).filter(id__lt=end)
    own = Tweet.objects.but_messages().filter(retweet_of__isnull=True, id__gte=first, id__lt=end)
    return ServerDay(
        day=day,
        people=here.count(),
        joined=here.filter(id__gte=first).count(),
        tweets=own.count(),
    )


def _look_around(row: ServerDay) -> None:
    """Note what is so just now, for a day that ends about now."""
    here = User.objects.local().exclude(state=User.State.GONE)
    row.active_1, row.active_7, row.active_30 = (_active(row.day, days) for days in (1, 7, 30))
    row.tweets_in_all = here.aggregate(all=Sum("tweets_count"))["all"] or 0
    row.database_bytes = _database_bytes()
    row.picture_bytes = Attachment.objects.aggregate(all=Sum("bytes_used"))["all"] or 0


def _active(day: date, days: int) -> int:
    """How many came in so many days up to this one; also of those who came on the day after it since."""
    first = day - timedelta(days=days - 1)
    until_then = Q(day__gte=first, day__lte=day)
    came_since = Q(day__gt=day, before__gte=first, before__lte=day)
    return LastActive.objects.filter(until_then | came_since).count()


def _database_bytes() -> int:
    database = reading_connection()
    with database.cursor() as cursor:
        cursor.execute(_SIZES[database.vendor])
        return int(cursor.fetchone()[0])
