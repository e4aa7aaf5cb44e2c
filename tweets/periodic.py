"""What the clock does with tweets."""

from jobs.registry import outside_transaction
from tweets.actions import close_feed_blocks as _close_feed_blocks
from tweets.actions import close_polls as _close_polls
from tweets.actions import discard_uncarried_cards as _discard_uncarried_cards
from tweets.actions import forget_posting_keys as _forget_posting_keys
from tweets.actions import post_due as _post_due
from tweets.actions import recount_feed_blocks as _recount_feed_blocks


@outside_transaction  # block after block; one long transaction would stop all writers
def close_feed_blocks() -> None:
    _close_feed_blocks()


@outside_transaction
def recount_feed_blocks() -> None:
    """Who deletes a tweet in the instant in which its block is closed leaves a count that is one too high."""
    _recount_feed_blocks()


@outside_transaction
def close_polls() -> None:
    _close_polls()


@outside_transaction  # some cards after the others
def discard_uncarried_cards() -> None:
    _discard_uncarried_cards()


def forget_posting_keys() -> None:
    _forget_posting_keys()


@outside_transaction  # one transaction for each tweet
def post_due() -> None:
    _post_due()
