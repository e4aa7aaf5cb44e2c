"""What can be asked of trends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Count, F, QuerySet
from django.db.models.expressions import CombinedExpression
from django.utils import timezone

from accounts.models import User
from analytics.models import LinkTrend, Trend
from attachments.models import LinkCard
from common.ids import id_at
from tweets.models import Tweet, TweetHashtag
from tweets.queries import languages_of

TREND_DAYS = 7
_DAYS_BELIEVED_SECONDS = 300
_DAY_MILLISECONDS = 24 * 3600 * 1000


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
    may see them and mutes nobody, in the viewer's languages; TRENDS_TWEETS_SHOWN at most. One query.
    """
    shown = Tweet.objects.visible_to(viewer).offered_to(viewer).filter(trend__isnull=False)
    shown = shown.in_languages(languages_of(viewer))
    lively = shown.filter(visibility=Tweet.Visibility.PUBLIC, is_sensitive=False)
    lively = lively.filter(author__is_sensitive=False).order_by("-trend__score", "-id")
    return list(lively.values_list("id", flat=True)[: settings.TRENDS_TWEETS_SHOWN])


@dataclass(frozen=True, slots=True)
class Day:
    """How often something was used in public on one day, by how many people. `day` is its midnight in UTC."""

    day: datetime
    uses: int = 0
    people: int = 0


_Counted = dict[int, dict[str, tuple[int, int]]]  # thing -> date -> uses, people


def tag_days(tag_ids: Sequence[int]) -> dict[int, list[Day]]:
    """For each of these tags the last TREND_DAYS days, today first. One query at most: what was counted is
    believed for some minutes.
    """
    return _days("tag", tag_ids, _tags_by_day)


def link_days(card_ids: Sequence[int]) -> dict[int, list[Day]]:
    """The same for the pages of these link cards."""
    return _days("link", card_ids, _links_by_day)


def _days(
    kind: str, ids: Sequence[int], count: Callable[[Sequence[int], int], _Counted]
) -> dict[int, list[Day]]:
    today = timezone.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    days = [today - timedelta(days=number) for number in range(TREND_DAYS)]
    keys = {f"analytics:{kind}-days:{an_id}:{today:%Y-%m-%d}": an_id for an_id in dict.fromkeys(ids)}
    known = {keys[key]: counted for key, counted in cache.get_many(keys).items()}
    missing = [an_id for an_id in keys.values() if an_id not in known]
    if missing:
        counted = count(missing, id_at(days[-1]))
        known |= counted
        names = {an_id: key for key, an_id in keys.items()}
        cache.set_many({names[an_id]: counted[an_id] for an_id in missing}, _DAYS_BELIEVED_SECONDS)
    return {
        an_id: [Day(day, *known[an_id].get(f"{day:%Y-%m-%d}", (0, 0))) for day in days]
        for an_id in keys.values()
    }


def _tags_by_day(tag_ids: Sequence[int], since: int) -> _Counted:
    public = TweetHashtag.objects.filter(
        hashtag_id__in=tag_ids,
        tweet_id__gte=since,
        tweet__visibility=Tweet.Visibility.PUBLIC,
        tweet__hidden_at__isnull=True,
        tweet__held_at__isnull=True,
        tweet__author__state=User.State.ACTIVE,
        tweet__author__is_limited=False,
    )
    rows = public.annotate(thing=F("hashtag_id"), day=_day_of("tweet_id"), by=F("tweet__author_id"))
    return _counted_by_day(tag_ids, rows)


def _links_by_day(card_ids: Sequence[int], since: int) -> _Counted:
    public = Tweet.objects.filter(
        link_card_id__in=card_ids,
        id__gte=since,
        visibility=Tweet.Visibility.PUBLIC,
        hidden_at__isnull=True,
        held_at__isnull=True,
        author__state=User.State.ACTIVE,
        author__is_limited=False,
    )
    rows = public.annotate(thing=F("link_card_id"), day=_day_of("id"), by=F("author_id"))
    return _counted_by_day(card_ids, rows)


def _day_of(an_id: str) -> CombinedExpression:
    """The number of the day since 1970, see common/ids."""
    return F(an_id).bitrightshift(16) / _DAY_MILLISECONDS


def _counted_by_day(ids: Sequence[int], rows: QuerySet[Any, Any]) -> _Counted:
    counted = (
        rows.values("thing", "day").order_by().annotate(uses=Count("id"), people=Count("by", distinct=True))
    )
    found: _Counted = {an_id: {} for an_id in ids}
    for row in counted:
        day = datetime.fromtimestamp(row["day"] * _DAY_MILLISECONDS / 1000, UTC)
        found[row["thing"]][f"{day:%Y-%m-%d}"] = (row["uses"], row["people"])
    return found
