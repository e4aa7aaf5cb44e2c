"""Rows that are old enough to be taken away, made by themselves; each tells how many of its kind are left."""

import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from common.ids import id_at
from common.models import CacheRow
from jobs.models import Job
from moderation.models import RuleHit, SaidText
from tests.factories import make_tweet, make_user
from tests.moderation.making import make_rule
from tweets.actions import hold_tweet


def rule_hits(monkeypatch) -> Callable[[], int]:
    """An old one, one whose tweet waits still, and a new one."""
    staff, alice = make_user("stella", is_superuser=True), make_user("alice")
    rule, old = make_rule(staff), timezone.now() - timedelta(days=settings.RULE_HITS_KEPT_DAYS + 1)
    waits = make_tweet(alice)
    hold_tweet(staff, waits)
    for tweet_id, caught_at in ((1, old), (waits.pk, old), (3, timezone.now())):
        RuleHit.objects.create(
            pk=id_at(caught_at) + tweet_id % 1000,
            rule=rule,
            tweet_id=tweet_id,
            revision=1,
            author=alice,
            outcome="hold",
            caught_at=caught_at,
        )
    return RuleHit.objects.count


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
