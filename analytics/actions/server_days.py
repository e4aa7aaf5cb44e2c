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
_SIZES = {
    "postgresql": "SELECT pg_database_size(current_database())",
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
}


def count_server_day() -> None:
    """Today so far, and days that are over and were not counted since: yesterday, and _MADE_UP_FOR more of
    those that the server missed. Safe to run at any time.

    For each day it looks at all people, at its tweets and at whoever came in the thirty days before.
    """
    today = timezone.now().astimezone(UTC).date()
    past = [today - timedelta(days=number) for number in range(1, max(settings.STATISTICS_DAYS))]
    counted = ServerDay.objects.filter(day__gte=past[-1], is_over=True).values_list("day", flat=True)
    missed = sorted(set(past) - set(counted), reverse=True)[: _MADE_UP_FOR + 1]
    for day in missed:
        _write(_counted(day), is_over=True)
    _write(_counted(today), is_over=False)


def _write(day: ServerDay, *, is_over: bool) -> None:
    day.is_over = is_over
    fields = [field.name for field in ServerDay._meta.fields if field.name != "day"]
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
        active_1=_active(day, 1),
        active_7=_active(day, 7),
        active_30=_active(day, 30),
        tweets=own.count(),
        tweets_in_all=here.aggregate(all=Sum("tweets_count"))["all"] or 0,
        database_bytes=_database_bytes(),
        picture_bytes=Attachment.objects.aggregate(all=Sum("bytes_used"))["all"] or 0,
    )


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
