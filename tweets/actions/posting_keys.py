"""Forgetting the one-time keys of old forms."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from common.sweeping import sweep
from tweets.models import PostingKey

# An import can be repeated years later: what it brought once is known by these keys.
KEPT_PREFIX = "import:"


def forget_posting_keys(*, dry_run: bool = False) -> int:
    """Remove keys older than POSTING_KEY_HOURS, but not those of imports; returns how many."""
    old = timezone.now() - timedelta(hours=settings.POSTING_KEY_HOURS)
    forms = PostingKey.objects.exclude(key__startswith=KEPT_PREFIX)
    return sweep(forms.filter(created_at__lt=old), dry_run=dry_run)
