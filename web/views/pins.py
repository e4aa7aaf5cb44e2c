"""Showing a tweet first on one's profile, and letting it go back to its place."""

from tweets.actions import pin_tweet, unpin_tweet
from web.gestures import gesture

create = gesture(pin_tweet, "Pinned to your profile.")
destroy = gesture(unpin_tweet, "No longer pinned.")
