"""Liking a tweet, and no longer liking it."""

from tweets.actions import like_tweet, unlike_tweet
from web.gestures import gesture

create = gesture(like_tweet, rate="likes")
destroy = gesture(unlike_tweet)
