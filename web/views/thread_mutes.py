"""Not hearing of a conversation any more, and hearing of it again."""

from tweets.actions import mute_thread, unmute_thread
from web.gestures import gesture

create = gesture(mute_thread, "You will not be told about this conversation any more.")
destroy = gesture(unmute_thread, "You will hear of this conversation again.")
