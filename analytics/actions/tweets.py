"""Counting which tweets many people like, retweet and quote just now."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from analytics.actions.recent import first_read_id
from analytics.models import TweetTrend
from common.ids import moment_of
from tweets.models import Tweet

# A person likes a tweet once and retweets it once; whoever spreads it says more than whoever likes it.
_VOTES = F("likes_count") + 2 * F("retweets_count") + 2 * F("quotes_count")


def recount_tweet_trends() -> None:
    """Count anew. Safe to run at any time, also twice at once.

    Reading takes one index range, the tweets of TRENDS_TWEET_HOURS and of them the newest TRENDS_READ, and no
    transaction; writing takes a short one.
    """
    now = timezone.now()
    scores = _liveliest(now)
    trends = [TweetTrend(tweet_id=tweet_id, score=score) for tweet_id, score in sorted(scores.items())]
    with transaction.atomic():
        TweetTrend.objects.exclude(tweet_id__in=scores).delete()
        there = set(Tweet.objects.filter(pk__in=scores).values_list("pk", flat=True))  # or deleted since
        TweetTrend.objects.bulk_create(
            [trend for trend in trends if trend.tweet_id in there],
            update_conflicts=True,
            unique_fields=["tweet"],
            update_fields=["score"],
        )


def _liveliest(now: datetime) -> dict[int, float]:
    """The scores of the TRENDS_TWEETS_KEPT liveliest, at most TRENDS_BY_ONE of one author."""
    half = timedelta(hours=settings.TRENDS_TWEET_HALVE_HOURS)
    scored = [
        (votes * 0.5 ** (max(now - moment_of(tweet_id), timedelta()) / half), tweet_id, author_id)
        for tweet_id, author_id, votes in _counted(now)
    ]
    scored.sort(reverse=True)
    kept: dict[int, float] = {}
    by_author: dict[int, int] = {}
    for score, tweet_id, author_id in scored:
        by_author[author_id] = by_author.get(author_id, 0) + 1
        if by_author[author_id] <= settings.TRENDS_BY_ONE:
            kept[tweet_id] = score
        if len(kept) == settings.TRENDS_TWEETS_KEPT:
            break
    return kept


def _counted(now: datetime) -> list[tuple[int, int, int]]:
    """Id, author and votes of what enough people liked or spread: said to everybody, uncovered, by people
    who wish to be found. One query.
    """
    visitor = AnonymousUser()
    said = (
        Tweet.objects.visible_to(visitor)
        .offered_to(visitor)
        .filter(
            id__gt=first_read_id(settings.TRENDS_TWEET_HOURS),
            visibility=Tweet.Visibility.PUBLIC,
            retweet_of__isnull=True,
            is_sensitive=False,
            author__is_sensitive=False,
            author__is_findable=True,
        )
    )
    votes = said.annotate(votes=_VOTES).filter(votes__gte=settings.TRENDS_MIN_PEOPLE)
    return list(votes.order_by().values_list("id", "author_id", "votes"))
