"""Tags on profiles, each with how often its owner used it."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, Max

from accounts.models import User
from tweets.models import FeaturedTag, Tweet, TweetHashtag


class Featured(NamedTuple):
    """`number` of the person's open tweets with the tag, and the id of the newest; None without any."""

    id: int
    tag_id: int
    name: str
    number: int
    newest_id: int | None


def featured_of(person: User) -> list[Featured]:
    """The latest featured first. Two queries."""
    rows = FeaturedTag.objects.filter(person=person).select_related("hashtag").order_by("-id")
    tags = list(rows)
    uses = TweetHashtag.objects.filter(
        hashtag__in=[row.hashtag_id for row in tags],
        tweet__author=person,
        tweet__visibility__in=Tweet.OPEN,
        tweet__hidden_at__isnull=True,
        tweet__held_at__isnull=True,
    )
    counted = uses.values("hashtag_id").annotate(number=Count("id"), newest=Max("tweet_id"))
    known = {row["hashtag_id"]: (row["number"], row["newest"]) for row in counted} if tags else {}
    return [
        Featured(row.pk, row.hashtag_id, row.hashtag.name, *known.get(row.hashtag_id, (0, None)))
        for row in tags
    ]


def featured_among(person: User, tag_ids: Iterable[int]) -> set[int]:
    """Which of these tags stand on the person's profile. One query."""
    rows = FeaturedTag.objects.filter(person=person, hashtag_id__in=list(tag_ids))
    return set(rows.values_list("hashtag_id", flat=True))


def tags_of(person: User, limit: int) -> list[str]:
    """The tags that the person's newest open tweets carry and that the profile does not show, the most used
    first. One query.
    """
    uses = TweetHashtag.objects.filter(
        tweet__author=person,
        tweet__visibility__in=Tweet.OPEN,
        tweet__hidden_at__isnull=True,
        tweet__held_at__isnull=True,
    ).exclude(hashtag__in=FeaturedTag.objects.filter(person=person).values("hashtag"))
    names = uses.values("hashtag__name").annotate(number=Count("id")).order_by("-number", "hashtag__name")
    return [row["hashtag__name"] for row in names[:limit]]
