"""Tweets that wait for their hour."""

from datetime import datetime
from typing import Self

from django.db import models

from accounts.models import User
from common.models import TimeOrdered
from tweets.models.tweet import Tweet


class ScheduledTweetQuerySet(models.QuerySet["ScheduledTweet"]):
    def waiting(self) -> Self:
        return self.filter(state=ScheduledTweet.State.WAITING)

    def due(self, moment: datetime) -> Self:
        """Those whose time has come, the longest overdue first."""
        return self.waiting().filter(try_at__lte=moment).order_by("try_at", "id")


class ScheduledTweet(TimeOrdered):
    """One tweet or a thread, as `what` says in its plain form. The row goes in the transaction that posts it.

    It stays with a `reason` when it could not be posted, and with the `tweet` when it was posted late, until
    its author has seen that. `key` is the one-time key of the form that scheduled it.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        FAILED = "failed"
        LATE = "late"

    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=40, blank=True)
    what = models.JSONField()
    post_at = models.DateTimeField()
    try_at = models.DateTimeField()  # the same, but after a trouble of ours
    tries = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=500, blank=True)
    tweet = models.ForeignKey(Tweet, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = ScheduledTweetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "failed", "late"]), name="scheduled_state_known"
            ),
            models.UniqueConstraint(
                fields=["author", "key"], condition=~models.Q(key=""), name="scheduled_once_for_each_key"
            ),
        ]
        indexes = [
            models.Index(
                fields=["try_at", "id"], condition=models.Q(state="waiting"), name="scheduled_by_time"
            ),
            models.Index(fields=["author", "post_at"], name="scheduled_by_author"),
        ]

    def __str__(self) -> str:
        return f"for {self.post_at:%Y-%m-%d %H:%M} by {self.author_id}"

    @property
    def holder(self) -> str:
        """What its pictures are held for."""
        return f"scheduled:{self.pk}"
