"""Spreading a tweet, and taking that back."""

from tweets.actions import retweet, undo_retweet
from web.gestures import gesture

create = gesture(retweet, rate="tweets")
destroy = gesture(undo_retweet)
