"""The end of a day: of who read what, only numbers remain."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from analytics.models import AuthorDay, CountedDay, LeftOut, Reach, Sketch
from analytics.sketch import estimate
from common.ids import id_at
from common.sweeping import sweep

_GRACE_SECONDS = 60  # in which processes write what they noted before midnight


def close_days() -> None:
    """End every day before today (of UTC): first its salt goes, after which nobody can tell whom a sketch was
    made of or add to it, then each sketch becomes a number. Safe to run at any time, also twice at once, and
    goes on where it was stopped. Transactions of STATISTICS_ROWS_AT_ONCE rows.
    """
    today = (timezone.now() - timedelta(seconds=_GRACE_SECONDS)).astimezone(UTC).date()
    CountedDay.objects.filter(day__lt=today).delete()
    while _close_some(today):
        pass


@transaction.atomic
def _close_some(today: object) -> bool:
    past = Sketch.objects.select_for_update().filter(day__lt=today).order_by("id")
    sketches = list(past[: settings.STATISTICS_ROWS_AT_ONCE])
    Reach.objects.bulk_create(
        [
            Reach(
                day=sketch.day,
                kind=sketch.kind,
                thing=sketch.thing,
                author_id=sketch.author_id,
                people=people,
            )
            for sketch in sketches
            if (people := estimate(bytes(sketch.marks))) >= settings.STATISTICS_LEAST_PEOPLE
        ],
        ignore_conflicts=True,
    )
    Sketch.objects.filter(pk__in=[sketch.pk for sketch in sketches]).delete()
    return bool(sketches)


def forget_days(*, dry_run: bool = False) -> int:
    """Remove what is older than STATISTICS_KEPT_DAYS; returns how many rows that are."""
    oldest = timezone.now().astimezone(UTC).date() - timedelta(days=settings.STATISTICS_KEPT_DAYS)
    too_late = LeftOut.objects.filter(pk__lt=id_at(datetime.combine(oldest, time(), UTC)))
    old = (Reach.objects.filter(day__lt=oldest), AuthorDay.objects.filter(day__lt=oldest), too_late)
    return sum(sweep(rows, dry_run=dry_run) for rows in old)
