"""Keeping homes: noting that they are read, dropping those of sleepers, trimming all."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from timelines.gathering import rebuild, trim
from timelines.models import HomeTimeline, TimelineEntry

_READ_NOTED_EVERY = timedelta(hours=1)
_BATCH = 200  # homes in one go


def keep_home(owner: User) -> None:
    """The person reads home: deliver to it from now on, filling it first when it was dropped or new."""
    home = HomeTimeline.objects.filter(pk=owner.pk).first()
    now = timezone.now()
    if home is None:
        _open_home(owner, now)
    elif now - home.read_at > _READ_NOTED_EVERY:
        HomeTimeline.objects.filter(pk=owner.pk).update(read_at=now)


@transaction.atomic
def _open_home(owner: User, now: datetime) -> None:
    _, created = HomeTimeline.objects.get_or_create(pk=owner.pk, defaults={"read_at": now})
    if created:
        rebuild(owner.pk)


def drop_sleepers() -> int:
    """Drop homes nobody read for HOME_KEPT_DAYS; they are filled again on return. Returns how many."""
    old = timezone.now() - timedelta(days=settings.HOME_KEPT_DAYS)
    dropped = 0
    while ids := list(HomeTimeline.objects.filter(read_at__lt=old).values_list("pk", flat=True)[:_BATCH]):
        with transaction.atomic():
            HomeTimeline.objects.filter(pk__in=ids).delete()
            TimelineEntry.objects.filter(owner_id__in=ids).delete()
        dropped += len(ids)
    return dropped


def trim_homes() -> int:
    """Cut every home to HOME_ENTRIES_KEPT, one short statement each; returns how many entries went."""
    homes = HomeTimeline.objects.order_by("pk").values_list("pk", flat=True)
    return sum(trim(owner_id) for owner_id in homes.iterator())
