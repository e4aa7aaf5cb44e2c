"""What is counted about the life of the server: the tags and tweets that many people care for just now."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from tweets.models import Hashtag, Tweet


class TrendQuerySet(models.QuerySet["Trend"]):
    def listed(self) -> Self:
        """What everybody is shown: used by enough people, not hidden and, where that is asked, approved."""
        approved = Q(decided_at__isnull=False) if settings.TRENDS_NEED_APPROVAL else Q()
        return self.filter(approved, people__gt=0, hashtag__is_unlisted=False)

    def liveliest_first(self) -> Self:
        return self.order_by("-score", "hashtag_id")


class Trend(models.Model):
    """A tag as counted last. A row stays while the tag trends, and for good once staff decided about it."""

    class State(models.TextChoices):
        LISTED = "listed"
        WAITING = "waiting"  # for staff to approve it
        HIDDEN = "hidden"

    hashtag = models.OneToOneField(Hashtag, models.CASCADE, related_name="+")
    score = models.FloatField(default=0)  # people's votes, each halved every few hours
    people = models.PositiveIntegerField(default=0)  # none when it does not trend now
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)  # when staff showed or hid it
    updated_at = models.DateTimeField()

    objects = TrendQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.hashtag)

    @property
    def state(self) -> State:
        """Follows from the tag, the decision and the setting, so that none of them is written down twice."""
        if self.hashtag.is_unlisted:
            return self.State.HIDDEN
        if self.decided_at is None and settings.TRENDS_NEED_APPROVAL:
            return self.State.WAITING
        return self.State.LISTED


class TweetTrend(models.Model):
    """A tweet that many people like and spread just now, as counted last. Whether a reader sees it is asked
    of the tweet itself, each time.
    """

    tweet = models.OneToOneField(Tweet, models.CASCADE, primary_key=True, related_name="trend")
    score = models.FloatField(db_index=True)

    def __str__(self) -> str:
        return str(self.tweet_id)
