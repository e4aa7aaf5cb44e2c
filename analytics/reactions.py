"""What follows for statistics when something happens elsewhere."""

from analytics.actions import forget_tweet as forget_numbers_of
from events.catalogue import TweetDeleted


def forget_tweet(event: TweetDeleted) -> None:
    forget_numbers_of(event.tweet_id)
