"""Measures: what staff did to somebody, and what was said against that."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from common.ids import moment_of
from common.models import TimeOrdered
from moderation.models.automatic import AutomaticRule
from moderation.models.reports import Report

_APPEALING = Q(appealed_at__isnull=False, decided_at__isnull=True)


class MeasureQuerySet(models.QuerySet["Measure"]):
    def in_force(self) -> "MeasureQuerySet":
        return self.filter(lifted_at__isnull=True)

    def appealing(self) -> "MeasureQuerySet":
        """Whose appeal nobody has answered."""
        return self.filter(_APPEALING)

    def without_appeal(self) -> "MeasureQuerySet":
        """All others."""
        return self.exclude(_APPEALING)


class Measure(TimeOrdered):
    """What staff did to somebody, why, and what the person says to that."""

    class Kind(models.TextChoices):
        """From the mildest to the strictest."""

        WARN = "warn", "Warn"
        MARK = "mark", "Cover all pictures"
        TAKE_DOWN = "take_down", "Take down tweets"
        LIMIT = "limit", "Limit"
        FREEZE = "freeze", "Freeze"
        SUSPEND = "suspend", "Suspend"

    person = models.ForeignKey(User, models.CASCADE, related_name="measures", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.TextField()  # the person reads it
    taken_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)
    automatic_rule = models.ForeignKey(
        AutomaticRule, models.PROTECT, null=True, related_name="measures", db_index=False
    )  # which took it, where no person did
    report = models.ForeignKey(Report, models.SET_NULL, null=True, related_name="measures")
    lifted_at = models.DateTimeField(null=True)
    lifting_reason = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)  # tweets that were taken down are gone for good since

    appeal = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)  # about the appeal
    answer = models.TextField(blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(appealed_at__isnull=False) | Q(decided_at__isnull=True),
                name="only_an_appeal_is_decided",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="measure_of_person"),
            models.Index(
                fields=["appealed_at"],
                condition=_APPEALING,
                name="measure_appealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"

    @property
    def taken_at(self) -> datetime:
        return moment_of(self.id)

    @property
    def is_in_force(self) -> bool:
        return self.lifted_at is None

    @property
    def appeal_until(self) -> datetime:
        return self.taken_at + timedelta(days=settings.APPEAL_DAYS)

    @property
    def may_be_appealed(self) -> bool:
        """Once, in time, and while there is something to lift."""
        return self.is_in_force and self.appealed_at is None and timezone.now() < self.appeal_until

    @property
    def appeal_waits(self) -> bool:
        return self.appealed_at is not None and self.decided_at is None


class MeasuredTweet(models.Model):
    """A tweet that a measure took down, as it was."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="tweets", db_index=False)
    tweet_id = models.BigIntegerField()
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "tweet_id"], name="each_tweet_once_in_a_measure")
        ]

    def __str__(self) -> str:
        return f"{self.tweet_id} by {self.measure_id}"

    @property
    def said_at(self) -> datetime:
        return moment_of(self.tweet_id)
