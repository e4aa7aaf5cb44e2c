"""What the clock does with tweets."""

from jobs.registry import outside_transaction
from tweets.actions import close_feed_blocks as _close_feed_blocks
from tweets.actions import close_polls as _close_polls
from tweets.actions import discard_uncarried_cards as _discard_uncarried_cards
from tweets.actions import forget_posting_keys as _forget_posting_keys
from tweets.actions import post_due as _post_due
from tweets.actions import recount_feed_blocks as _recount_feed_blocks
from tweets.actions import repair_some_counts


@outside_transaction  # block after block; one long transaction would stop all writers
def close_feed_blocks() -> None:
    _close_feed_blocks()


def recount_feed_blocks(dry_run: bool = False) -> int:
    """Who deletes a tweet in the instant in which its block is closed leaves a count that is one too high."""
    return _recount_feed_blocks(dry_run=dry_run)


def repair_counts(dry_run: bool = False) -> int:
    """Counters of people, tweets and polls that differ from what is there."""
    return repair_some_counts(dry_run=dry_run)


@outside_transaction
def close_polls() -> None:
    _close_polls()


def discard_uncarried_cards(dry_run: bool = False) -> int:
    """Cards of pages that no tweet links to."""
    return _discard_uncarried_cards(dry_run=dry_run)


def forget_posting_keys(dry_run: bool = False) -> int:
    """The one-time keys of old forms and of what apps sent."""
    return _forget_posting_keys(dry_run=dry_run)


@outside_transaction  # one transaction for each tweet
def post_due() -> None:
    _post_due()
