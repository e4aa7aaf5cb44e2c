"""Forgetting the one-time keys of old forms."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from tweets.models import PostingKey


def forget_posting_keys() -> int:
    """Remove keys older than POSTING_KEY_HOURS; returns how many."""
    old = timezone.now() - timedelta(hours=settings.POSTING_KEY_HOURS)
    return PostingKey.objects.filter(created_at__lt=old).delete()[0]
