"""Taking one's words out of somebody's quote."""

from tweets.actions import detach_quote
from tweets.queries import quote_for
from web.gestures import gesture

destroy = gesture(detach_quote, "Your words no longer stand in this quote.", quote_for)
