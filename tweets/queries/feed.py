"""Numbered pages of the public feed, as cheap at page 50,000 as at page 1."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import SimpleNamespace
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Max, QuerySet, Sum
from django.utils import timezone

from accounts.models import User
from common.prepared import Prepared
from common.replicas.routing import reading_connection
from tweets.models import FeedBlock, Tweet, TweetQuerySet

_SHALLOW = 200  # rows an OFFSET may skip before the blocks are asked


@dataclass(frozen=True, slots=True)
class FeedPage:
    """`ids` newest first; `number` from 1, as really shown; `has_older`: more follow."""

    ids: list[int]
    number: int
    has_older: bool


def numbered_feed_page(viewer: User | AnonymousUser, number: int, size: int) -> FeedPage:
    """Page `number` of what the viewer may see; too small gives the first, too large the last."""
    number = max(number, 1)
    ids = _read(viewer, (number - 1) * size, size + 1)
    if not ids and number > 1:
        number = max(-(-_count(_feed(viewer)) // size), 1)
        ids = _read(viewer, (number - 1) * size, size + 1)
    return FeedPage(ids[:size], number, has_older=len(ids) > size)


def tweets_count(viewer: User | AnonymousUser) -> int:
    """How many tweets there are to read, without counting them one by one."""
    return _count(_feed(viewer))


def _feed(viewer: User | AnonymousUser, now: datetime | None = None) -> TweetQuerySet:
    return Tweet.objects.visible_to(viewer).on_public_timelines().offered_to(viewer, now)


def _read(viewer: User | AnonymousUser, skip: int, limit: int) -> list[int]:
    """Ids of the tweets behind the first `skip` ones."""
    if skip <= _SHALLOW:
        # A visitor mutes nobody, so for one the time of day is no part of the question.
        now = None if viewer.pk is None else timezone.now()
        return [tweet_id for (tweet_id,) in _first_pages(skip, limit).rows(viewer_id=viewer.pk, now=now)]
    visible = _feed(viewer)
    newest_id, skip = _start(visible, skip)
    if newest_id is not None:
        visible = visible.filter(id__lte=newest_id)
    return list(visible.newest_first().values_list("id", flat=True)[skip : skip + limit])


@cache
def _first_pages(skip: int, limit: int) -> Prepared:
    """The pages people really read: one for each of the few numbers that are not deep."""

    def ids(viewer_id: int | None, now: datetime | None) -> QuerySet[Tweet, tuple[object, ...]]:
        # Only what the rules ask of a viewer, as in shown.py.
        viewer = cast(User, SimpleNamespace(pk=viewer_id))
        return _feed(viewer, now).newest_first().values_list("id")[skip : skip + limit]

    return Prepared(ids)


def _start(visible: TweetQuerySet, skip: int) -> tuple[int | None, int]:
    """Where to begin reading, and how many rows are still to be skipped from there."""
    blocks = _blocks("large_id IS NULL")
    above = visible.filter(id__gt=blocks[0].last_id).count() if blocks else skip + 1
    if skip < above:
        return None, skip
    block, skip = _find(blocks, skip - above)
    if block is None:
        return 0, 0
    if block.is_large:
        part, skip = _find(_blocks("large_id = %s", block.pk), skip)
        # Without a part the counts disagree for a moment: go on just below.
        return (part.last_id, skip) if part else (block.first_id - 1, 0)
    return block.last_id, skip


@dataclass(slots=True)
class _Block:
    pk: int
    first_id: int
    last_id: int
    count: int
    is_large: bool


def _blocks(where: str, *parameters: int) -> list[_Block]:
    """Newest first. Written by hand, because the ORM takes five times as long to write and read this."""
    columns = "SELECT id, first_id, last_id, count, is_large FROM tweets_feedblock"
    with reading_connection().cursor() as cursor:
        cursor.execute(f"{columns} WHERE {where} ORDER BY first_id DESC", parameters)
        return [_Block(*row) for row in cursor.fetchall()]


def _find(blocks: list[_Block], skip: int) -> tuple[_Block | None, int]:
    """The block in which the skipping ends, and how many of its rows are skipped."""
    for block in blocks:
        if skip < block.count:
            return block, skip
        skip -= block.count
    return None, skip


def _count(visible: TweetQuerySet) -> int:
    closed = FeedBlock.objects.on_top().aggregate(total=Sum("count"), last_id=Max("last_id"))
    above = visible.filter(id__gt=closed["last_id"] or 0).count()
    return above + (closed["total"] or 0)
