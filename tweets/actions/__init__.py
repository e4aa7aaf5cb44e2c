"""Everything that can be done with tweets: the table of contents of the product."""

from tweets.actions.bookmark import bookmark_tweet, remove_bookmark
from tweets.actions.counts import lock_for_removal, lock_tweets
from tweets.actions.delete import delete_tweet
from tweets.actions.drafts import save_draft, throw_away_draft
from tweets.actions.due import post_due
from tweets.actions.edit import edit_tweet
from tweets.actions.featured_tags import feature_tag, stop_featuring, stop_featuring_named
from tweets.actions.feed_blocks import close_feed_blocks, recount_feed_blocks
from tweets.actions.filtered import filter_tweet, stop_filtering_tweet
from tweets.actions.hide import erase_hidden, hide_tweet, hold_tweet, release_tweet, unhide_tweet
from tweets.actions.leave import remove_likes_of, remove_tweets_of
from tweets.actions.like import like_tweet, unlike_tweet
from tweets.actions.link_card import discard_uncarried_cards, take_up_link
from tweets.actions.pictures import settle_pictures_in, settle_pictures_of
from tweets.actions.pin import pin_tweet, unpin_tweet
from tweets.actions.poll import close_polls, remove_votes_of, vote
from tweets.actions.post import post_tweet
from tweets.actions.posting_keys import APP_PREFIX, forget_posting_keys
from tweets.actions.quote import detach_quote
from tweets.actions.quoters import set_quoters
from tweets.actions.recount import repair_some_counts
from tweets.actions.retweet import retweet, undo_retweet
from tweets.actions.schedule import (
    cancel_scheduled,
    change_scheduled,
    make_draft_of_scheduled,
    post_scheduled_now,
    schedule_tweets,
)
from tweets.actions.tags import hide_tag, is_tag, show_tag, tag_named
from tweets.actions.thread import post_thread
from tweets.actions.thread_mute import mute_thread, unmute_thread
from tweets.actions.undo import redraft_tweet, undo_posting, undone_key

__all__ = [
    "APP_PREFIX",
    "bookmark_tweet",
    "cancel_scheduled",
    "change_scheduled",
    "close_feed_blocks",
    "close_polls",
    "delete_tweet",
    "detach_quote",
    "discard_uncarried_cards",
    "edit_tweet",
    "erase_hidden",
    "feature_tag",
    "filter_tweet",
    "forget_posting_keys",
    "hide_tag",
    "hide_tweet",
    "hold_tweet",
    "is_tag",
    "like_tweet",
    "lock_for_removal",
    "lock_tweets",
    "make_draft_of_scheduled",
    "mute_thread",
    "pin_tweet",
    "post_due",
    "post_scheduled_now",
    "post_thread",
    "post_tweet",
    "recount_feed_blocks",
    "redraft_tweet",
    "release_tweet",
    "remove_bookmark",
    "remove_likes_of",
    "remove_tweets_of",
    "remove_votes_of",
    "repair_some_counts",
    "retweet",
    "save_draft",
    "schedule_tweets",
    "set_quoters",
    "settle_pictures_in",
    "settle_pictures_of",
    "show_tag",
    "stop_featuring",
    "stop_featuring_named",
    "stop_filtering_tweet",
    "tag_named",
    "take_up_link",
    "throw_away_draft",
    "undo_posting",
    "undo_retweet",
    "undone_key",
    "unhide_tweet",
    "unlike_tweet",
    "unmute_thread",
    "unpin_tweet",
    "vote",
]
