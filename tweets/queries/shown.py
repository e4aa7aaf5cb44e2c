"""Everything a page of cards shows, in two queries: rows of tweets with the viewer's marks, and pictures."""

from collections.abc import Collection, Sequence
from datetime import datetime
from operator import attrgetter
from types import SimpleNamespace
from typing import NamedTuple, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    BooleanField,
    Exists,
    Expression,
    ExpressionWrapper,
    OuterRef,
    PositiveSmallIntegerField,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from accounts.models import User
from common.prepared import Prepared
from relationships.models import Follow
from tweets.models import Bookmark, Like, PollVote, Tweet, TweetImage

Viewer = User | AnonymousUser


class ShownTweet(NamedTuple):
    """The columns of a tweet that a card shows, of its author, whom it answers, and the page it links to."""

    id: int
    author_id: int
    author__username: str
    author__display_name: str
    author__avatar: str
    text: str
    html: str
    warning: str
    is_sensitive: bool
    author__is_sensitive: bool  # staff cover all their pictures
    language: str
    edited_at: datetime | None
    visibility: str
    held_at: datetime | None
    pinned_at: datetime | None
    conversation_id: int
    is_reply: bool
    is_quote: bool
    reply_to_id: int | None
    reply_to_author_id: int | None
    reply_to_author__username: str | None
    reply_to_author__display_name: str | None
    reply_to_author__avatar: str | None
    retweet_of_id: int | None
    quote_of_id: int | None
    likes_count: int
    retweets_count: int
    replies_count: int
    quotes_count: int
    is_quotable: bool
    poll__edition: int | None
    poll__choices: list[str] | None
    poll__counts: list[int] | None
    poll__voters_count: int | None
    poll__is_multiple: bool | None
    poll__hides_totals: bool | None
    poll__ends_at: datetime | None
    link_card__state: str | None
    link_card__url: str | None
    link_card__title: str | None
    link_card__description: str | None
    link_card__picture: str | None
    link_card__picture_webp: str | None
    link_card__width: int | None
    link_card__height: int | None
    link_card__is_large: bool | None
    liked: bool
    retweeted: bool
    bookmarked: bool
    picked: int | None  # the viewer's vote, as PollVote keeps it


class ShownImage(NamedTuple):
    """The columns of a picture that a card shows."""

    tweet_id: int
    position: int
    attachment_id: int
    attachment__width: int
    attachment__height: int
    attachment__description: str
    attachment__blurhash: str
    attachment__is_animated: bool
    attachment__thumb: str
    attachment__card: str
    attachment__card_webp: str
    attachment__full: str
    attachment__focus_x: float
    attachment__focus_y: float


def shown_tweets(ids: Sequence[int], viewer: Viewer) -> dict[int, ShownTweet]:
    """These tweets, what they spread, and what is quoted in either; of all that, what the viewer may see."""
    rows = _TWEETS.rows(viewer_id=viewer.pk, ids=list(ids)) if ids else []
    return {row[0]: ShownTweet._make(row) for row in rows}


def shown_images(tweet_ids: Collection[int]) -> dict[int, list[ShownImage]]:
    """The pictures of each tweet in order."""
    rows = map(ShownImage._make, _IMAGES.rows(tweet_ids=list(tweet_ids)) if tweet_ids else ())
    images: dict[int, list[ShownImage]] = {}
    for row in sorted(rows, key=attrgetter("position")):
        images.setdefault(row.tweet_id, []).append(row)
    return images


def seen_tweets(viewer_id: int | None, ids: Sequence[int]) -> QuerySet[Tweet]:
    """These tweets, what they spread, and what is quoted in either, as far as the viewer may see them, with
    the viewer's marks. For queries that are prepared.
    """
    # Only what the rule asks of a viewer: should it ever want more, this fails instead of knowing it wrong.
    viewer = AnonymousUser() if viewer_id is None else cast(User, SimpleNamespace(pk=viewer_id))
    visible = Tweet.objects.visible_to(viewer).filter(pk__in=with_others(ids))
    return visible.annotate(is_quotable=_is_quotable(viewer_id), **_marks(viewer_id))


def _tweets(viewer_id: int | None, ids: Sequence[int]) -> QuerySet[Tweet, tuple[object, ...]]:
    return seen_tweets(viewer_id, ids).values_list(*ShownTweet._fields)


def with_others(ids: Sequence[int]) -> QuerySet[Tweet, tuple[int | None, ...]]:
    """The ids, what each of them spreads or quotes, and what is quoted in that which it spreads."""
    entries = Tweet.objects.filter(pk__in=ids)
    behind = entries.values_list(Coalesce("retweet_of_id", "quote_of_id"))
    return entries.values_list("pk").union(behind, entries.values_list("retweet_of__quote_of_id"))


def _is_quotable(viewer_id: int | None) -> Expression:
    """Whether its author lets the viewer quote it, see `may_quote`; of visitors, whether anyone may."""
    quotable = Q(quoters=Tweet.Quoters.EVERYONE)
    if viewer_id is not None:
        follows = Exists(Follow.objects.filter(follower_id=viewer_id, followed=OuterRef("author_id")))
        quotable |= Q(author_id=viewer_id) | Q(Q(quoters=Tweet.Quoters.FOLLOWERS), follows)
    return ExpressionWrapper(quotable, output_field=BooleanField())


def _marks(viewer_id: int | None) -> dict[str, Exists | Subquery | Value]:
    """What the viewer did with each."""
    if viewer_id is None:
        no = Value(False, BooleanField())
        nothing = Value(None, PositiveSmallIntegerField())
        return {"liked": no, "retweeted": no, "bookmarked": no, "picked": nothing}
    this = OuterRef("pk")
    return {
        "liked": Exists(Like.objects.filter(tweet=this, person_id=viewer_id)),
        "retweeted": Exists(Tweet.objects.filter(retweet_of=this, author_id=viewer_id)),
        "bookmarked": Exists(Bookmark.objects.filter(tweet=this, person_id=viewer_id)),
        "picked": Subquery(
            PollVote.objects.filter(poll=OuterRef("poll__pk"), voter_id=viewer_id).values("picked")[:1]
        ),
    }


def _images(tweet_ids: Sequence[int]) -> QuerySet[TweetImage, tuple[object, ...]]:
    return TweetImage.objects.filter(tweet_id__in=tweet_ids).values_list(*ShownImage._fields)


_TWEETS, _IMAGES = Prepared(_tweets), Prepared(_images)
