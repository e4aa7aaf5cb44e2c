"""Keeping count of the public feed in blocks (see tweets/models/feed_block)."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F, Max, Sum
from django.utils import timezone

from common.ids import id_at
from tweets.models import FeedBlock, Tweet

BLOCK_SIZE = 250  # tweets in a small block
PARTS = 64  # small blocks in a large one
# An id is made a moment before its row is committed; a block closes only over what is surely there.
SETTLED_AFTER = timedelta(minutes=2)


def count_in_block(tweet_id: int, change: int) -> None:
    """A tweet came into sight or went out of it. Tweets younger than the last block are in none."""
    FeedBlock.objects.filter(first_id__lte=tweet_id, last_id__gte=tweet_id).update(count=F("count") + change)


def close_feed_blocks(most: int = 10_000) -> int:
    """Close as many full small blocks as there are, at most `most`; returns how many.

    Each is read without a transaction, which on SQLite would stop all writers, and written by a short one.
    Safe to run at any time, also twice at once.
    """
    settled = id_at(timezone.now() - SETTLED_AFTER)
    closed = 0
    while closed < most and _close_one(settled):
        closed += 1
    while _join_parts():
        pass
    return closed


def _close_one(settled: int) -> bool:
    last = FeedBlock.objects.aggregate(last=Max("last_id"))["last"] or 0
    ids = list(
        Tweet.objects.visible_to(AnonymousUser())
        .on_public_timelines()
        .offered_to(AnonymousUser())
        .filter(id__gt=last, id__lt=settled)
        .order_by("id")
        .values_list("id", flat=True)[:BLOCK_SIZE]
    )
    if len(ids) < BLOCK_SIZE:
        return False
    # Two workers at once make the same row: the second finds it there.
    FeedBlock.objects.get_or_create(
        first_id=last + 1, is_large=False, defaults={"last_id": ids[-1], "count": len(ids)}
    )
    return True


@transaction.atomic
def _join_parts() -> bool:
    parts = list(FeedBlock.objects.small().on_top().select_for_update().order_by("first_id")[:PARTS])
    if len(parts) < PARTS:
        return False
    large, _ = FeedBlock.objects.get_or_create(
        first_id=parts[0].first_id,
        is_large=True,
        defaults={"last_id": parts[-1].last_id, "count": sum(part.count for part in parts)},
    )
    FeedBlock.objects.filter(pk__in=[part.pk for part in parts]).update(large=large)
    return True


def recount_feed_blocks(*, dry_run: bool = False) -> int:
    """Count every block anew; returns how many were wrong. Only those are counted again in a transaction."""
    mended = 0
    for block in FeedBlock.objects.small():
        if _count(block) != block.count:
            with transaction.atomic():
                mended += 1 if dry_run else _mend(block, _count(block))
    for block in FeedBlock.objects.filter(is_large=True):
        with transaction.atomic():
            total = block.parts.aggregate(total=Sum("count"))["total"]
            mended += total != block.count if dry_run else _mend(block, total)
    return mended


def _count(block: FeedBlock) -> int:
    return (
        Tweet.objects.visible_to(AnonymousUser())
        .on_public_timelines()
        .offered_to(AnonymousUser())
        .filter(id__gte=block.first_id, id__lte=block.last_id)
        .count()
    )


def _mend(block: FeedBlock, true_count: int) -> int:
    return FeedBlock.objects.filter(pk=block.pk).exclude(count=true_count).update(count=true_count)
