"""Putting single tweets behind a filter of one's own. Nobody is told."""

from django.conf import settings
from django.db import transaction

from accounts.actions import lock_people
from accounts.models import User
from common.errors import Invalid, NotFound
from relationships.actions import note_tweets
from relationships.models import WordFilter
from tweets.models import FilteredTweet, Tweet


@transaction.atomic
def filter_tweet(owner: User, filter_id: int, tweet: Tweet) -> FilteredTweet:
    """The filter treats this tweet as if one of its words stood there; twice is harmless.

    Raises NotFound for a filter of somebody else, Invalid beyond FILTER_TWEETS_MAX.
    """
    lock_people(owner.pk)
    found = WordFilter.objects.filter(owner=owner, pk=filter_id).first()
    if found is None:
        raise NotFound("This filter does not exist any more.")
    there = FilteredTweet.objects.filter(filter=found)
    known = there.filter(tweet=tweet.retweet_of or tweet).first()
    if known is not None:
        return known
    if there.count() >= settings.FILTER_TWEETS_MAX:
        raise Invalid(f"A filter holds {settings.FILTER_TWEETS_MAX} tweets.")
    made = FilteredTweet.objects.create(filter=found, tweet=tweet.retweet_of or tweet)
    note_tweets(owner, filter_id, holds_tweets=True)
    return made


@transaction.atomic
def stop_filtering_tweet(owner: User, row_id: int) -> None:
    """Twice is harmless; a row of somebody else stays."""
    lock_people(owner.pk)
    row = FilteredTweet.objects.filter(filter__owner=owner, pk=row_id).first()
    if row is not None:
        row.delete()
        left = FilteredTweet.objects.filter(filter=row.filter_id)
        note_tweets(owner, row.filter_id, holds_tweets=left.exists())
