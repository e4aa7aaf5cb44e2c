"""Reports: what somebody tells staff of a person, as it was, and what staff say to each other of it."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from accounts.models import User
from common.ids import moment_of
from common.models import TimeOrdered
from moderation.models.automatic import AutomaticRule
from server.models import Rule


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> "ReportQuerySet":
        return self.filter(closed_at__isnull=True)


class Report(TimeOrdered):
    """Somebody, or a rule, tells staff of a person and their words. Nobody but staff learns who told."""

    class Category(models.TextChoices):
        """Names are those of Mastodon's API."""

        SPAM = "spam", "It is spam"
        VIOLATION = "violation", "It breaks a rule of this server"
        LEGAL = "legal", "It is against the law"
        OTHER = "other", "Something else"

    reporter = models.ForeignKey(User, models.SET_NULL, null=True, related_name="reports_made")
    automatic_rule = models.ForeignKey(
        AutomaticRule, models.PROTECT, null=True, related_name="reports", db_index=False
    )  # which told, where no person did
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
