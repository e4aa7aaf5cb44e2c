"""Whose home a tweet came to: asked for many people at once, when it has just been delivered."""

from collections.abc import Collection

from django.conf import settings

from relationships.models import Follow
from timelines.models import TimelineEntry
from timelines.queries.home import LARGE_STILL
from tweets.models import Tweet


def homes_with(tweet_ids: Collection[int], people_ids: Collection[int]) -> dict[int, set[int]]:
    """Which of these tweets stand on the home of which of these people: person -> ids. One query."""
    found: dict[int, set[int]] = {person_id: set() for person_id in people_ids}
    rows = TimelineEntry.objects.filter(owner_id__in=list(people_ids), tweet_id__in=list(tweet_ids))
    for owner_id, tweet_id in rows.values_list("owner_id", "tweet_id"):
        found[owner_id].add(tweet_id)
    return found


def follow_large_author(tweet_ids: Collection[int], people_ids: Collection[int]) -> set[int]:
    """Who of these people may find one of the tweets at home although it was not delivered, because its
    author has too many followers: only reading tells whether they do. Two queries.
    """
    tweets = Tweet.objects.filter(pk__in=list(tweet_ids))
    large = set(
        tweets.filter(author__followers_count__gt=settings.FANOUT_LIMIT * LARGE_STILL).values_list(
            "author_id", flat=True
        )
    )
    if not large:
        return set()
    follows = Follow.objects.filter(follower_id__in=list(people_ids), followed_id__in=large)
    return set(follows.values_list("follower_id", flat=True))
