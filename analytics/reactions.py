"""What follows for statistics when something happens elsewhere."""

from analytics.actions import count_left_out
from analytics.actions import forget_tweet as forget_numbers_of
from events.catalogue import TweetDeleted, TweetReleased, TweetRestored


def forget_tweet(event: TweetDeleted) -> None:
    forget_numbers_of(event.tweet_id)


def count_late(event: TweetReleased | TweetRestored) -> None:
    """What its author and others see now counts for the day on which it was said."""
    count_left_out(event.tweet_id)
