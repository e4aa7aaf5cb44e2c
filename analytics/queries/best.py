"""Which tweets did best, and one tweet's own days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import F, Sum

from accounts.models import User
from analytics.models import Kind, Reach
from analytics.queries.figures import added, people_today, shown, today_utc
from common.ids import id_at
from tweets.models import Tweet

_CANDIDATES = 40  # of each way to be good


@dataclass(frozen=True, slots=True)
class BestTweet:
    """`views` and `clicks` in the range of days, None where they are few; the rest in all."""

    tweet: Tweet
    views: int | None
    clicks: int | None


@dataclass(frozen=True, slots=True)
class TweetDay:
    day: date
    views: int | None
    clicks: int | None


@dataclass(frozen=True, slots=True)
class TweetStatistics:
    """`days` from the one it was posted on, or the first of those that are kept, to today."""

    days: tuple[TweetDay, ...]
    views: int | None
    clicks: int | None


def best_tweets(author: User, number_of_days: int) -> list[BestTweet]:
    """Those that most people read in these days, then those that most people responded to;
    STATISTICS_BEST_TWEETS at most, no messages. Five queries.
    """
    first = today_utc() - timedelta(days=number_of_days - 1)
    reach = Reach.objects.filter(author_id=author.pk, kind=Kind.TWEET, day__gte=first)
    read = reach.values("thing").annotate(all=Sum("people")).order_by("-all", "-thing")[:_CANDIDATES]
    views: dict[int, int | None] = {row["thing"]: row["all"] for row in read}
    own = Tweet.objects.by(author).but_messages().filter(retweet_of__isnull=True)
    since = id_at(datetime.fromisoformat(f"{first}T00:00:00+00:00"))
    responses = F("likes_count") + F("retweets_count") + F("quotes_count") + F("replies_count")
    fresh = own.annotate(responses=responses).filter(id__gte=since).order_by("-responses", "-id")
    ids = list(dict.fromkeys([*views, *fresh.values_list("id", flat=True)[:_CANDIDATES]]))
    today = people_today([Kind.TWEET], ids)
    for an_id in ids:
        views[an_id] = added([views.get(an_id), today.get((Kind.TWEET, an_id))])
    found = own.filter(id__in=ids).select_related("author")
    ranked = sorted(found, key=lambda tweet: (-(views[tweet.pk] or 0), -_responses_to(tweet), -tweet.pk))
    ranked = [tweet for tweet in ranked if views[tweet.pk] or _responses_to(tweet)]
    best = ranked[: settings.STATISTICS_BEST_TWEETS]
    clicks = _clicks(author, [tweet.pk for tweet in best], first)
    return [BestTweet(tweet, views[tweet.pk], clicks.get(tweet.pk)) for tweet in best]


def statistics_of_tweet(tweet: Tweet) -> TweetStatistics:
    """For its author alone. Two queries."""
    today = today_utc()
    oldest = today - timedelta(days=max(settings.STATISTICS_DAYS) - 1)
    first = max(tweet.created_at.date(), oldest)
    known: dict[tuple[date, int], int | None] = {
        (row.day, row.kind): shown(row.people)
        for row in Reach.objects.filter(thing=tweet.pk, kind__in=(Kind.TWEET, Kind.LINK), day__gte=first)
    }
    for (kind, _), people in people_today([Kind.TWEET, Kind.LINK], [tweet.pk]).items():
        known[today, kind] = people
    number = (today - first).days + 1
    days = tuple(
        TweetDay(day, known.get((day, Kind.TWEET)), known.get((day, Kind.LINK)))
        for day in (first + timedelta(days=n) for n in range(number))
    )
    return TweetStatistics(days, added(day.views for day in days), added(day.clicks for day in days))


def _responses_to(tweet: Tweet) -> int:
    return tweet.likes_count + tweet.retweets_count + tweet.quotes_count + tweet.replies_count


def _clicks(author: User, ids: list[int], first: date) -> dict[int, int]:
    reach = Reach.objects.filter(author_id=author.pk, kind=Kind.LINK, day__gte=first, thing__in=ids)
    return {row["thing"]: row["all"] for row in reach.values("thing").annotate(all=Sum("people")).order_by()}
