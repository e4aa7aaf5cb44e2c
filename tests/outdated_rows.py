"""Rows that are old enough to be taken away, made by themselves; each tells how many of its kind are left."""

import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from common.ids import id_at
from common.models import CacheRow
from jobs.models import Job
from moderation.models import SaidText


def said_texts(monkeypatch) -> Callable[[], int]:
    """What was said now, and what longer ago than automatic rules look back."""
    for days in (0, 2):
        made = id_at(timezone.now() - timedelta(days=days))
        SaidText.objects.create(tweet_id=made, author_id=1, digest=1)
    return SaidText.objects.count


def failed_jobs(monkeypatch) -> Callable[[], int]:
    old = timezone.now() - timedelta(days=settings.FAILED_JOBS_KEPT_DAYS + 1)
    Job.objects.create(task="a", state=Job.State.DEAD, run_at=old)
    Job.objects.create(task="b", state=Job.State.DEAD)
    Job.objects.create(task="c", state=Job.State.WAITING, run_at=old)
    return Job.objects.filter(task__in="abc").count


def cached(monkeypatch) -> Callable[[], int]:
    for key, seconds in (("over", -1), ("good", 60)):
        CacheRow.objects.create(key=key, value="1", expires_at=time.time() + seconds)
    return CacheRow.objects.count
