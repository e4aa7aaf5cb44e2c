"""Keeping a tweet for later. Nobody is told."""

from django.db import transaction

from accounts.models import User
from common.errors import NotFound
from tweets.actions.counts import hold_tweet
from tweets.models import Bookmark, Tweet
from tweets.policies import may_react


@transaction.atomic
def bookmark_tweet(person: User, tweet: Tweet) -> None:
    """Keep it; twice is harmless. Raises NotFound for what one may not see."""
    tweet = tweet.retweet_of or tweet
    if not hold_tweet(tweet.id) or not may_react(person, tweet):
        raise NotFound("This tweet does not exist, or you may not see it.")
    Bookmark.objects.get_or_create(person=person, tweet=tweet)


def remove_bookmark(person: User, tweet: Tweet) -> None:
    """Let it go; twice is harmless."""
    Bookmark.objects.filter(person=person, tweet=tweet.retweet_of or tweet).delete()
