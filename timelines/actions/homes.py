"""Keeping homes: noting that they are read, dropping those of sleepers, trimming all."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from accounts.models import User
from timelines.gathering import fill, trim
from timelines.models import HomeTimeline, TimelineEntry

_READ_NOTED_EVERY = timedelta(hours=1)
_BATCH = 200  # homes in one go


def keep_home(owner: User) -> None:
    """The person reads home: deliver to it from now on, filling it first when it was dropped or new."""
    now = timezone.now()
    home = HomeTimeline.objects.filter(pk=owner.pk).first()
    if home is not None and home.is_filled and now - home.read_at <= _READ_NOTED_EVERY:
        return
    if not HomeTimeline.objects.filter(pk=owner.pk, is_filled=True).update(read_at=now):
        _open_home(owner, now)


def _open_home(owner: User, now: datetime) -> None:
    """In two steps: what is posted while the home is filled must already be delivered to it."""
    HomeTimeline.objects.get_or_create(pk=owner.pk, defaults={"read_at": now, "is_filled": False})
    with transaction.atomic():
        fill(owner.pk)
        HomeTimeline.objects.filter(pk=owner.pk).update(read_at=now, is_filled=True)


def drop_sleepers(*, dry_run: bool = False) -> int:
    """Drop homes nobody read for HOME_KEPT_DAYS; they are filled again on return. Returns how many."""
    old = timezone.now() - timedelta(days=settings.HOME_KEPT_DAYS)
    if dry_run:
        return HomeTimeline.objects.filter(read_at__lt=old).count()
    dropped = 0
    while number := _drop_some(old):
        dropped += number
    return dropped


@transaction.atomic
def _drop_some(old: datetime) -> int:
    """Held while they go: whoever comes back at this moment finds the home whole, or opens it anew."""
    sleeping = HomeTimeline.objects.select_for_update().filter(read_at__lt=old)
    ids = list(sleeping.values_list("pk", flat=True)[:_BATCH])
    HomeTimeline.objects.filter(pk__in=ids).delete()
    TimelineEntry.objects.filter(owner_id__in=ids).delete()
    return len(ids)


def trim_homes(*, dry_run: bool = False) -> int:
    """Cut every home to HOME_ENTRIES_KEPT, one short statement each; returns how many entries went."""
    if dry_run:
        return _entries_too_many()
    homes = HomeTimeline.objects.order_by("pk").values_list("pk", flat=True)
    return sum(trim(owner_id) for owner_id in homes.iterator())


def _entries_too_many() -> int:
    kept = settings.HOME_ENTRIES_KEPT
    homes = TimelineEntry.objects.filter(owner_id__in=HomeTimeline.objects.values("pk")).order_by()
    long = homes.values("owner_id").annotate(entries=Count("tweet_id")).filter(entries__gt=kept)
    return sum(entries - kept for entries in long.values_list("entries", flat=True))
