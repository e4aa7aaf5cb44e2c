"""What the clock does with tweets."""

from tweets.actions import close_feed_blocks as _close_feed_blocks
from tweets.actions import forget_posting_keys as _forget_posting_keys


def close_feed_blocks() -> None:
    _close_feed_blocks()


def forget_posting_keys() -> None:
    _forget_posting_keys()
