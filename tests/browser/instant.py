"""The settings of a server where nothing can be taken back, so that others hear of it at once."""

from twitter_clone.settings.base import *  # noqa: F403

TWEET_UNDO_SECONDS = 0
LIVE_POLL_SECONDS = 1
