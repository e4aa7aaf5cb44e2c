"""What others did with an author's tweets since days were counted last: today, and the rest of yesterday."""

from datetime import UTC, datetime

from django.conf import settings
from django.db.models import Count, F, Q
from django.db.models.functions import TruncHour

from accounts.models import User
from analytics.models import RollUp
from tweets.models import Like, Tweet

_HOUR_MILLISECONDS = 3600 * 1000

Lately = dict[str, dict[datetime, int]]  # likes, retweets, quotes, replies -> hour of UTC -> number


def lately(author: User) -> Lately:
    """Of the newest STATISTICS_TODAY_TWEETS tweets; their author's own deeds do not count. Six queries."""
    row = RollUp.objects.first() or RollUp()
    own = Tweet.objects.by(author).filter(retweet_of__isnull=True).newest_first()
    ids = list(own.values_list("id", flat=True)[: settings.STATISTICS_TODAY_TWEETS])
    return {
        "likes": _likes(author, ids, row.like_id),
        "retweets": _tweets(author, Q(retweet_of_id__in=ids), row.tweet_id),
        "quotes": _tweets(author, Q(quote_of_id__in=ids), row.tweet_id),
        "replies": _tweets(author, Q(reply_to_id__in=ids), row.tweet_id),
    }


def _likes(author: User, ids: list[int], since_id: int) -> dict[datetime, int]:
    likes = Like.objects.filter(tweet_id__in=ids, id__gt=since_id).exclude(person=author).order_by()
    rows = likes.annotate(hour=TruncHour("created_at")).values("hour").annotate(number=Count("id"))
    return {row["hour"]: row["number"] for row in rows}


def _tweets(author: User, which: Q, since_id: int) -> dict[datetime, int]:
    seen = Tweet.objects.but_messages().counted().filter(which, id__gt=since_id)
    said = seen.exclude(author=author).order_by()
    hour = F("id").bitrightshift(16) / _HOUR_MILLISECONDS
    rows = said.annotate(hour=hour).values("hour").annotate(number=Count("id"))
    return {datetime.fromtimestamp(row["hour"] * 3600, UTC): row["number"] for row in rows}
