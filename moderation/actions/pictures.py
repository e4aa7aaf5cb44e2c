"""Keeping what pictures of reported tweets show, for as long as staff may need it."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from attachments.queries import small_view
from common.storage.types import content_type_of
from common.sweeping import sweep
from moderation.models import KeptPicture, ReportedTweet
from tweets.models import Tweet
from tweets.queries import images_of


def keep_pictures(report_id: int) -> int:
    """Keep a small view of each picture of the report's tweets that are still there; returns how many.

    Twice is harmless. Files are read one by one and outside of any transaction, for they may lie elsewhere.
    """
    kept = 0
    for row in ReportedTweet.objects.filter(report_id=report_id, kept__isnull=True):
        tweet = Tweet.objects.filter(pk=row.tweet_id).first() if row.pictures else None
        if tweet is not None:
            kept += _keep(row, tweet)
    return kept


def _keep(row: ReportedTweet, tweet: Tweet) -> int:
    pictures = [
        KeptPicture(
            tweet=row,
            position=position,
            description=image.description,
            content=content,
            content_type=content_type_of(image.thumb),
        )
        for position, image in enumerate(images_of(tweet), 1)
        if (content := small_view(image))
    ]
    return len(KeptPicture.objects.bulk_create(pictures, ignore_conflicts=True))


def forget_pictures(*, dry_run: bool = False) -> int:
    """Those of reports that were closed long enough ago; returns how many."""
    old = timezone.now() - timedelta(days=settings.REPORT_PICTURES_KEPT_DAYS)
    return sweep(KeptPicture.objects.filter(tweet__report__closed_at__lt=old), dry_run=dry_run, batch=50)
