"""The tags, tweets and links that many care for just now."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from attachments.models import LinkCard
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


class LinkTrendQuerySet(models.QuerySet["LinkTrend"]):
    def listed(self) -> Self:
        """What everybody is shown, by the rules of tags: linked by enough people, with a card to show."""
        wanted = Q(is_shown=True) if settings.TRENDS_NEED_APPROVAL else ~Q(is_shown=False)
        return self.filter(wanted, people__gt=0, card__state=LinkCard.State.READY)

    def liveliest_first(self) -> Self:
        return self.order_by("-score", "card_id")


class LinkTrend(models.Model):
    """A page that many people link to, as counted last. A row stays while the page trends, and as long as its
    card once staff decided about it.
    """

    card = models.OneToOneField(LinkCard, models.CASCADE, primary_key=True, related_name="trend")
    score = models.FloatField(default=0)  # people's votes, each halved every few hours
    people = models.PositiveIntegerField(default=0)  # none when it does not trend now
    is_shown = models.BooleanField(null=True)  # as staff decided; None before
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField()

    objects = LinkTrendQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.card)

    @property
    def state(self) -> Trend.State:
        if self.is_shown is None:
            return Trend.State.WAITING if settings.TRENDS_NEED_APPROVAL else Trend.State.LISTED
        return Trend.State.LISTED if self.is_shown else Trend.State.HIDDEN
