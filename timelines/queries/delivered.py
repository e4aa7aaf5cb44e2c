"""Whose home a tweet came to: asked for many people at once, when it has just been delivered."""

from collections.abc import Collection, Mapping

from django.conf import settings

from accounts.models import User
from common.paging import Window
from relationships.models import Follow
from timelines.models import TimelineEntry
from timelines.queries.home import LARGE_STILL, home_ids
from tweets.models import Tweet


def homes_with(tweet_ids: Collection[int], people_ids: Collection[int]) -> dict[int, set[int]]:
    """Which of these tweets stand on the home of which of these people: person -> ids. One query."""
    found: dict[int, set[int]] = {person_id: set() for person_id in people_ids}
    rows = TimelineEntry.objects.filter(owner_id__in=list(people_ids), tweet_id__in=list(tweet_ids))
    for owner_id, tweet_id in rows.values_list("owner_id", "tweet_id"):
        found[owner_id].add(tweet_id)
    return found


def found_at_home(tweet_ids: Collection[int], people: Mapping[int, User]) -> dict[int, set[int]]:
    """Which of the tweets these people (id -> person) find when they read home: person -> ids.

    Four queries, and one for each retweet and for each person of whom only reading tells: it may repeat what
    stands there, and large authors are not delivered.
    """
    found = homes_with(tweet_ids, people)
    retweets = Tweet.objects.filter(pk__in=list(tweet_ids), retweet_of__isnull=False)
    repeating = set(retweets.values_list("pk", flat=True))
    reading = follow_large_author(tweet_ids, people)
    for person_id, there in found.items():
        asked = set(tweet_ids) if person_id in reading else there & repeating
        found[person_id] = (there - asked) | {an_id for an_id in asked if _reads(people[person_id], an_id)}
    return found


def _reads(person: User, tweet_id: int) -> bool:
    return home_ids(person, Window(limit=1, max_id=tweet_id + 1)) == [tweet_id]


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
