"""Numbered pages of the public feed, as cheap at page 50,000 as at page 1."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Max, Sum, Window

from accounts.models import User
from tweets.models import FeedBlock, Tweet, TweetQuerySet

_SHALLOW = 500  # rows an OFFSET may skip before the blocks are asked


@dataclass(frozen=True, slots=True)
class FeedPage:
    """`ids` newest first; `number` from 1, as really shown; `has_older` tells whether more follow."""

    ids: list[int]
    number: int
    has_older: bool


def numbered_feed_page(viewer: User | AnonymousUser, number: int, size: int) -> FeedPage:
    """Page `number` of all tweets the viewer may see; too small gives the first, too large the last."""
    tweets = Tweet.objects.visible_to(viewer)
    number = max(number, 1)
    ids = _ids_from(tweets, (number - 1) * size, size + 1)
    if not ids and number > 1:
        number = max(-(-_count(tweets) // size), 1)
        ids = _ids_from(tweets, (number - 1) * size, size + 1)
    return FeedPage(ids[:size], number, has_older=len(ids) > size)


def tweets_count(viewer: User | AnonymousUser) -> int:
    """How many tweets there are to read, without counting them one by one."""
    return _count(Tweet.objects.visible_to(viewer))


def _ids_from(tweets: TweetQuerySet, skip: int, limit: int) -> list[int]:
    """The ids behind the first `skip` tweets."""
    if skip > _SHALLOW:
        newest_id, skip = _start(tweets, skip)
        if newest_id is not None:
            tweets = tweets.filter(id__lte=newest_id)
    return list(tweets.newest_first().values_list("id", flat=True)[skip : skip + limit])


def _start(tweets: TweetQuerySet, skip: int) -> tuple[int | None, int]:
    """Where to begin reading, and how many rows are still to be skipped from there."""
    above = _above_blocks(tweets)
    if skip < above:
        return None, skip
    from_top = Window(Sum("count"), order_by=F("first_id").desc())
    block = (
        FeedBlock.objects.annotate(so_far=from_top).filter(so_far__gt=skip - above).order_by("so_far").first()
    )
    if block is None:
        return 0, 0
    return block.last_id, skip - above - (block.so_far - block.count)


def _above_blocks(tweets: TweetQuerySet) -> int:
    """How many tweets are newer than the newest closed block."""
    last_id = FeedBlock.objects.aggregate(last=Max("last_id"))["last"] or 0
    return tweets.filter(id__gt=last_id).count()


def _count(tweets: TweetQuerySet) -> int:
    in_blocks: int = FeedBlock.objects.aggregate(total=Sum("count"))["total"] or 0
    return in_blocks + _above_blocks(tweets)
