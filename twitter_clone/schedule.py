"""What runs every minute, hour and day. Each line becomes one job per turn, however many workers there are."""

from jobs.clock import HOUR, MINUTE, Every
from tweets import periodic as tweets

SCHEDULE = [
    Every(5 * MINUTE, tweets.close_feed_blocks),
    Every(HOUR, tweets.forget_posting_keys),
]
