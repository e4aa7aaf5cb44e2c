"""Counting trends, and what staff decide about them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from analytics.models import Trend
from audit.actions import Subject, record
from audit.deeds import Deed
from common import revision
from common.ids import id_at, moment_of
from events.bus import publish
from events.catalogue import TrendApproved
from tweets.actions import hide_tag, show_tag
from tweets.models import Hashtag, Tweet, TweetHashtag

# As `reachable()` says it of people, asked of the author at hand: a list of all people would be read first.
_REACHABLE = Q(author__email_confirmed_at__isnull=False) | Q(author__username__contains="@")


@dataclass(slots=True)
class _Count:
    score: float = 0.0
    people: int = 0


def recount_trends() -> None:
    """Count anew which tags many people use. Safe to run at any time, also twice at once.

    Reading takes three index ranges of bounded length and no transaction; writing takes a short one.
    """
    now = timezone.now()
    counts = _liveliest(_counted(now))
    # In one order, so that two who write the same rows at once do not wait for each other forever.
    trends = [
        Trend(hashtag_id=tag_id, score=count.score, people=count.people, updated_at=now)
        for tag_id, count in sorted(counts.items())
    ]
    with transaction.atomic():
        past = Trend.objects.exclude(hashtag_id__in=counts)
        past.filter(decided_at__isnull=True).delete()
        past.filter(people__gt=0).update(score=0, people=0, updated_at=now)
        Trend.objects.bulk_create(
            trends,
            update_conflicts=True,
            unique_fields=["hashtag"],
            update_fields=["score", "people", "updated_at"],
        )
        transaction.on_commit(lambda: revision.bump(revision.OFFERED))


@transaction.atomic
def show_trend(staff: User, tag: Hashtag) -> None:
    """Let the tag stand among trends and suggestions, for good; twice is harmless. Raises NotAllowed."""
    was_hidden = Hashtag.objects.filter(pk=tag.pk, is_unlisted=True).exists()
    show_tag(staff, tag)
    if _decide(staff, tag):
        if not was_hidden:  # else showing it is written down already
            record(staff, Deed.SHOW_TAG, Subject("tag", tag.pk, f"#{tag.name}"), {}, {"may trend": True})
        publish(TrendApproved(tag_id=tag.pk, staff_id=staff.id))


@transaction.atomic
def hide_trend(staff: User, tag: Hashtag) -> None:
    """Take the tag out of trends and suggestions; twice is harmless. Raises NotAllowed."""
    hide_tag(staff, tag)
    _decide(staff, tag)


def _decide(staff: User, tag: Hashtag) -> bool:
    """Remember who decided; whether nobody had before. The row may be gone since the list was drawn."""
    now = timezone.now()
    trend, _ = Trend.objects.select_for_update().get_or_create(hashtag=tag, defaults={"updated_at": now})
    is_first = trend.decided_at is None
    trend.decided_by, trend.decided_at = staff, now
    trend.save(update_fields=["decided_by", "decided_at"])
    return is_first


def _counted(now: datetime) -> dict[int, _Count]:
    """Each person has one vote for a tag, their newest tweet with it. Two queries."""
    oldest_id = _oldest_id(now)
    # Both ranges are named, of tweets and of their tags, so that each database reads by them and no further.
    uses = (
        Tweet.objects.visible_to(AnonymousUser())
        .on_public_timelines()
        .offered_to(AnonymousUser())
        .filter(_REACHABLE, id__gte=oldest_id, tweethashtag__tweet_id__gte=oldest_id)
        .order_by("-id")
        .values_list("tweethashtag__hashtag_id", "author_id", "id")
    )
    half = timedelta(hours=settings.TRENDS_HALVE_HOURS)
    counts: defaultdict[int, _Count] = defaultdict(_Count)
    voted = set()
    for tag_id, author_id, tweet_id in uses:
        if (tag_id, author_id) not in voted:
            voted.add((tag_id, author_id))
            age = max(now - moment_of(tweet_id), timedelta())
            counts[tag_id].score += 0.5 ** (age / half)
            counts[tag_id].people += 1
    return counts


def _oldest_id(now: datetime) -> int:
    """Where counting begins: the window's end, or later when more was tagged since than is read."""
    first_id = id_at(now - timedelta(hours=settings.TRENDS_HOURS))
    newest = TweetHashtag.objects.filter(tweet_id__gte=first_id).order_by("-tweet_id")
    beyond = newest.values_list("tweet_id", flat=True)[settings.TRENDS_READ :].first()
    return first_id if beyond is None else beyond + 1


def _liveliest(counts: dict[int, _Count]) -> dict[int, _Count]:
    enough = [item for item in counts.items() if item[1].people >= settings.TRENDS_MIN_PEOPLE]
    enough.sort(key=lambda item: (-item[1].score, item[0]))
    return dict(enough[: settings.TRENDS_KEPT])
