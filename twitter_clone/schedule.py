"""What runs every minute, hour and day: one job per turn, however many workers there are."""

from accounts import periodic as accounts
from analytics import periodic as analytics
from attachments import periodic as attachments
from clients import periodic as clients
from jobs.clock import DAY, HOUR, MINUTE, Every
from moderation import periodic as moderation
from notifications import periodic as notifications
from relationships import periodic as relationships
from search import periodic as search
from timelines import periodic as timelines
from tweets import periodic as tweets
from twitter_clone import departures

SCHEDULE = [
    Every(15, tweets.post_due, queue="default"),  # somebody waits for it
    Every(5 * MINUTE, tweets.close_feed_blocks),
    Every(MINUTE, tweets.close_polls, queue="default"),
    Every(HOUR, tweets.forget_posting_keys),
    Every(DAY, tweets.recount_feed_blocks),
    Every(DAY, tweets.discard_uncarried_cards),
    Every(HOUR, attachments.remove_unclaimed),
    Every(5 * MINUTE, relationships.end_past_mutes),
    Every(HOUR, timelines.trim_homes),
    Every(DAY, timelines.drop_sleepers),
    Every(DAY, notifications.forget_old),
    Every(HOUR, accounts.look_at_links),
    Every(MINUTE, search.catch_up),
    Every(5 * MINUTE, analytics.recount_trends),
    Every(5 * MINUTE, analytics.recount_tweet_trends),
    Every(5 * MINUTE, analytics.recount_link_trends),
    Every(DAY, accounts.remove_expired_sessions),
    Every(DAY, accounts.remove_never_confirmed),
    Every(DAY, clients.forget_unused),
    Every(HOUR, moderation.erase_taken_down),
    Every(DAY, moderation.forget_pictures),
    Every(HOUR, departures.begin),
]
