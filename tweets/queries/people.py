"""Who did what with a tweet, and what a person kept: rows in the order in which it happened."""

from dataclasses import dataclass
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from accounts.models import User
from relationships.models import Block
from tweets.models import Bookmark, Like, Tweet

_Row = TypeVar("_Row", bound=Model)


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The latest kept first; `next_before` is the cursor of the page after this one, None at the end."""

    tweet_ids: list[int]
    next_before: int | None


def likers_of(tweet: Tweet, viewer: User | AnonymousUser) -> QuerySet[Like]:
    """Likes of the tweet, each with its `person`; nobody suspended, nobody behind a block."""
    return _among(Like.objects.filter(tweet=tweet), "person", viewer)


def retweeters_of(tweet: Tweet, viewer: User | AnonymousUser) -> QuerySet[Tweet]:
    """Retweets of the tweet that the viewer may see, each with its `author`."""
    return _among(Tweet.objects.visible_to(viewer).filter(retweet_of=tweet), "author", viewer)


def kept_by(person: User, *, before: int | None = None, limit: int) -> KeptPage:
    """What the person keeps, also what can no longer be read; whoever draws it asks `visible_to`.

    `before` is the id of a bookmark.
    """
    rows = Bookmark.objects.filter(person=person).order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows.values_list("id", "tweet_id")[: limit + 1])
    last = found[limit - 1][0] if len(found) > limit else None
    return KeptPage([tweet_id for _, tweet_id in found[:limit]], last)


def _among(rows: QuerySet[_Row], whom: str, viewer: User | AnonymousUser) -> QuerySet[_Row]:
    rows = rows.filter(**{f"{whom}__state": User.State.ACTIVE}).select_related(whom)
    if viewer.pk is None:
        return rows
    them = OuterRef(f"{whom}_id")
    between = Q(blocker=them, blocked_id=viewer.pk) | Q(blocker_id=viewer.pk, blocked=them)
    return rows.exclude(Exists(Block.objects.filter(between)))
