"""Who reacts to a tweet in these tests: whatever leaves something to be counted, and no more."""

from events.bus import Plan
from events.catalogue import TweetPosted
from notifications.reactions import tell_of_tweet
from tests.jobs.effects import note_tweet
from timelines.reactions import fan_out
from twitter_clone import switchboard

PLANS = {**switchboard.PLANS, TweetPosted: Plan(later=[note_tweet], delivered=[fan_out, tell_of_tweet])}
