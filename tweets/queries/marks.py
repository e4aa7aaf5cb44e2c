"""What a viewer did with tweets: liked, retweeted, kept."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, F, Value

from accounts.models import User
from tweets.models import Bookmark, Like, Tweet


@dataclass(frozen=True, slots=True)
class Marks:
    """Ids of tweets."""

    liked: frozenset[int] = frozenset()
    retweeted: frozenset[int] = frozenset()
    bookmarked: frozenset[int] = frozenset()


def marks_of(viewer: User | AnonymousUser, tweet_ids: Collection[int]) -> Marks:
    """The viewer's marks on these tweets, in one query; none for visitors."""
    if viewer.pk is None or not tweet_ids:
        return Marks()
    likes = Like.objects.filter(person_id=viewer.pk, tweet_id__in=tweet_ids)
    retweets = Tweet.objects.filter(author_id=viewer.pk, retweet_of_id__in=tweet_ids)
    bookmarks = Bookmark.objects.filter(person_id=viewer.pk, tweet_id__in=tweet_ids)
    rows = list(
        _marked(likes, "liked", "tweet_id").union(
            _marked(retweets, "retweeted", "retweet_of_id"),
            _marked(bookmarks, "bookmarked", "tweet_id"),
            all=True,
        )
    )
    return Marks(
        **{kind: frozenset(an_id for found, an_id in rows if found == kind) for kind in Marks.__slots__}
    )


def _marked(rows, kind: str, column: str):  # type: ignore[no-untyped-def]
    marked = rows.annotate(mark=Value(kind, CharField()), marked_id=F(column))
    return marked.order_by().values_list("mark", "marked_id")
