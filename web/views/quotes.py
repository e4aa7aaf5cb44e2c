"""Taking one's words out of somebody's quote."""

from tweets.actions import detach_quote
from web.gestures import gesture

destroy = gesture(detach_quote, "Your words no longer stand in this quote.")
