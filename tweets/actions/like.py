"""Liking, and no longer liking."""

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from common.errors import NotFound
from common.writing import change
from events.bus import publish
from events.catalogue import TweetLiked, TweetUnliked
from tweets.actions.counts import adjust_tweet, hold_tweet
from tweets.models import Like, Tweet
from tweets.policies import may_react

_LIKE = """INSERT INTO tweets_like (person_id, tweet_id, created_at) VALUES (%s, %s, %s)
  ON CONFLICT (tweet_id, person_id) DO NOTHING"""


@transaction.atomic
def like_tweet(person: User, tweet: Tweet) -> None:
    """Set the like; twice is harmless. A retweet passes it on. Raises NotFound for what one may not see."""
    tweet = tweet.retweet_of or tweet
    if not may_react(person, tweet):
        raise NotFound("This tweet does not exist, or you may not like it.")
    if _set(person.id, tweet.id):
        adjust_tweet(tweet.id, likes=1)
        publish(TweetLiked(tweet_id=tweet.id, person_id=person.id))


@transaction.atomic
def unlike_tweet(person: User, tweet: Tweet) -> None:
    """Take the like back, also from a tweet one may no longer see; twice is harmless."""
    tweet = tweet.retweet_of or tweet
    hold_tweet(tweet.id)  # first the tweet, then what points at it, as deleting does
    ended, _ = Like.objects.filter(person=person, tweet=tweet).delete()
    if ended:
        adjust_tweet(tweet.id, likes=-1)
        publish(TweetUnliked(tweet_id=tweet.id, person_id=person.id))


def _set(person_id: int, tweet_id: int) -> bool:
    """One statement, whoever else does the same at this moment; False if the like was there."""
    moment = connection.ops.adapt_datetimefield_value(timezone.now())
    return change(Like, _LIKE, person_id, tweet_id, moment) > 0
