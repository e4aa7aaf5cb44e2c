"""Everything that can be done with tweets: the table of contents of the product."""

from tweets.actions.delete import delete_tweet
from tweets.actions.edit import edit_tweet
from tweets.actions.feed_blocks import close_feed_blocks, recount_feed_blocks
from tweets.actions.hide import hide_tweet, unhide_tweet
from tweets.actions.post import post_tweet
from tweets.actions.posting_keys import forget_posting_keys

__all__ = [
    "close_feed_blocks",
    "delete_tweet",
    "edit_tweet",
    "forget_posting_keys",
    "hide_tweet",
    "post_tweet",
    "recount_feed_blocks",
    "unhide_tweet",
]
