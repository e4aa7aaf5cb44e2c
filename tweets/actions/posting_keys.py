"""Forgetting one-time keys: those of old forms, and of what apps sent."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from common.sweeping import sweep
from tweets.models import PostingKey

# An import can be repeated years later: what it brought once is known by these keys.
KEPT_PREFIX = "import:"
APP_PREFIX = "api:"  # an app tries again at once or not at all; a form may wait in an open window


def forget_posting_keys(*, dry_run: bool = False) -> int:
    """Remove keys older than POSTING_KEY_HOURS, of apps than APP_KEY_HOURS, but not those of imports; returns
    how many.
    """
    of_apps = Q(key__startswith=APP_PREFIX, created_at__lt=_hours_ago(settings.APP_KEY_HOURS))
    old = Q(created_at__lt=_hours_ago(settings.POSTING_KEY_HOURS))
    rows = PostingKey.objects.filter(of_apps | old).exclude(key__startswith=KEPT_PREFIX)
    return sweep(rows, dry_run=dry_run)


def is_forgotten(key: str, sent_at: datetime) -> bool:
    """Whether this key of an app is too old to count, though it is still written down."""
    return key.startswith(APP_PREFIX) and sent_at < _hours_ago(settings.APP_KEY_HOURS)


def _hours_ago(hours: int) -> datetime:
    return timezone.now() - timedelta(hours=hours)
