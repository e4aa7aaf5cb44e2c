"""What can be asked of trends."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from analytics.models import LinkTrend, Trend
from attachments.models import LinkCard
from tweets.models import Tweet


@dataclass(frozen=True, slots=True)
class TrendingTag:
    """A value, so that what was asked once can be kept for many pages."""

    name: str
    people: int


@dataclass(frozen=True, slots=True)
class TrendingLink:
    card: LinkCard
    people: int


def trending_links() -> list[TrendingLink]:
    """Pages that many people link to just now, the liveliest first, the same for everybody;
    TRENDS_LINKS_SHOWN at most. One query.
    """
    rows = LinkTrend.objects.listed().liveliest_first().select_related("card")
    return [TrendingLink(row.card, row.people) for row in rows[: settings.TRENDS_LINKS_SHOWN]]


def trending_tags() -> list[TrendingTag]:
    """What everybody is shown, the liveliest first; TRENDS_KEPT at most. One query."""
    rows = Trend.objects.listed().liveliest_first().values_list("hashtag__name", "people")
    return [TrendingTag(*row) for row in rows[: settings.TRENDS_KEPT]]


def trending_tweet_ids(viewer: User | AnonymousUser) -> list[int]:
    """Ids of the tweets that many people like and spread just now, the liveliest first, as far as the viewer
    may see them and mutes nobody; TRENDS_TWEETS_SHOWN at most. One query.
    """
    shown = Tweet.objects.visible_to(viewer).unmuted_by(viewer).filter(trend__isnull=False)
    lively = shown.filter(visibility=Tweet.Visibility.PUBLIC, is_sensitive=False).order_by(
        "-trend__score", "-id"
    )
    return list(lively.values_list("id", flat=True)[: settings.TRENDS_TWEETS_SHOWN])
