"""The settings of a server where a slow machine, too, clicks Undo in time."""

from twitter_clone.settings.base import *  # noqa: F403

TWEET_UNDO_SECONDS = 12
