"""Reports, what staff did about them, and what was said against that."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from common.ids import moment_of
from common.models import TimeOrdered
from server.models import Rule


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> "ReportQuerySet":
        return self.filter(closed_at__isnull=True)


class Report(TimeOrdered):
    """Somebody tells staff of a person and of what they said. Nobody but staff learns who told."""

    class Category(models.TextChoices):
        """Names are those of Mastodon's API."""

        SPAM = "spam", "It is spam"
        VIOLATION = "violation", "It breaks a rule of this server"
        LEGAL = "legal", "It is against the law"
        OTHER = "other", "Something else"

    reporter = models.ForeignKey(User, models.SET_NULL, null=True, related_name="reports_made")
    target = models.ForeignKey(User, models.CASCADE, related_name="reports_got", db_index=False)
    category = models.CharField(max_length=10, choices=Category)
    rules = models.ManyToManyField(Rule, related_name="+", blank=True)
    comment = models.TextField(blank=True)
    assigned_to = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reporter", "target"],
                condition=Q(closed_at__isnull=True),
                name="one_open_report_for_each_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["target", "-id"], name="report_of_person"),
            models.Index(fields=["-id"], condition=Q(closed_at__isnull=True), name="report_waiting"),
        ]

    def __str__(self) -> str:
        return f"report {self.pk} about {self.target_id}"

    @property
    def made_at(self) -> datetime:
        return moment_of(self.id)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def path(self) -> str:
        return f"/moderation/reports/{self.pk}/"


class ReportedTweet(models.Model):
    """A tweet as it was when it was reported; it may be edited or gone since, so there is no foreign key."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="tweets", db_index=False)
    tweet_id = models.BigIntegerField()
    text = models.TextField(blank=True)
    warning = models.TextField(blank=True)
    visibility = models.CharField(max_length=10)
    revision = models.PositiveIntegerField(default=1)
    choices = models.JSONField(default=list)  # of its poll
    pictures = models.JSONField(default=list)  # what each was said to show

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "tweet_id"], name="each_tweet_once_in_a_report")
        ]

    def __str__(self) -> str:
        return f"{self.tweet_id} in {self.report_id}"

    @property
    def said_at(self) -> datetime:
        return moment_of(self.tweet_id)


class KeptPicture(models.Model):
    """A small view of a picture of a reported tweet, which may be gone by now. It lies here and not among the
    files that everybody may ask for, and goes with its report, or REPORT_PICTURES_KEPT_DAYS after that is
    closed.
    """

    tweet = models.ForeignKey(ReportedTweet, models.CASCADE, related_name="kept", db_index=False)
    position = models.PositiveSmallIntegerField()
    description = models.TextField(blank=True)
    content = models.BinaryField()
    content_type = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tweet", "position"], name="each_picture_is_kept_once")
        ]

    def __str__(self) -> str:
        return f"picture {self.position} of {self.tweet_id}"


class ReportNote(TimeOrdered):
    """What one member of staff tells the others."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="notes")
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)
    text = models.TextField()

    def __str__(self) -> str:
        return f"note on {self.report_id}"

    @property
    def made_at(self) -> datetime:
        return moment_of(self.id)


class MeasureQuerySet(models.QuerySet["Measure"]):
    def in_force(self) -> "MeasureQuerySet":
        return self.filter(lifted_at__isnull=True)


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
                condition=Q(appealed_at__isnull=False, decided_at__isnull=True),
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
