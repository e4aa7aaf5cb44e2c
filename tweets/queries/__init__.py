"""What can be asked of tweets, one file per page."""

from tweets.queries.feed import FeedPage, numbered_feed_page, tweets_count
from tweets.queries.history import Version, history_of
from tweets.queries.tweet import images_of, tweet_for

__all__ = [
    "FeedPage",
    "Version",
    "history_of",
    "images_of",
    "numbered_feed_page",
    "tweet_for",
    "tweets_count",
]
