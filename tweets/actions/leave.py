"""What goes with a person who leaves for good, some at a time."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from accounts.actions import lock_people
from accounts.models import User
from tweets.actions.counts import lock_for_removal
from tweets.actions.delete import remove_tweet
from tweets.models import Like, Tweet


@transaction.atomic
def remove_tweets_of(person: User, most: int) -> int:
    """Delete up to `most` tweets and retweets of the person, the oldest first; returns how many.

    Their pictures go too, and messages are tweets. Answers of others stay, quotes stay without the words.
    """
    lock_people(person.pk)
    tweets = list(Tweet.objects.by(person).select_related("author", "retweet_of").order_by("id")[:most])
    lock_for_removal(tweet.pk for tweet in tweets)
    for tweet in tweets:
        remove_tweet(tweet)
    return len(tweets)


@transaction.atomic
def remove_likes_of(person: User, most: int) -> int:
    """Take back up to `most` likes of the person; returns how many."""
    likes = list(Like.objects.filter(person=person).order_by("id").values_list("id", "tweet_id")[:most])
    liked = Tweet.objects.filter(pk__in=[tweet_id for _, tweet_id in likes])
    list(liked.select_for_update(no_key=True).order_by("id").values_list("id"))
    liked.update(likes_count=Greatest(F("likes_count") - 1, 0))
    Like.objects.filter(pk__in=[like_id for like_id, _ in likes]).delete()
    return len(likes)
