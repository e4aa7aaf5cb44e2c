"""Showing a few of one's tweets first on one's profile."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.actions import lock_people
from accounts.models import User
from common.errors import Invalid, NotAllowed
from tweets.models import Tweet
from tweets.policies import may_pin


@transaction.atomic
def pin_tweet(person: User, tweet: Tweet) -> None:
    """Pin it above the others; twice is harmless.

    Raises NotAllowed for what is not one's own, Invalid beyond TWEETS_PINNED_MAX.
    """
    if not may_pin(person, tweet):
        raise NotAllowed("You can only pin your own tweets.")
    lock_people(person.pk)  # two clicks at once must not exceed the number
    pinned = Tweet.objects.filter(author=person, pinned_at__isnull=False)
    if pinned.filter(pk=tweet.pk).exists():
        return
    if pinned.count() >= settings.TWEETS_PINNED_MAX:
        raise Invalid(f"You can pin {settings.TWEETS_PINNED_MAX} tweets. Unpin one first.")
    Tweet.objects.filter(pk=tweet.pk).update(pinned_at=timezone.now())


def unpin_tweet(person: User, tweet: Tweet) -> None:
    """Let it go back to its place; twice is harmless. Raises NotAllowed for what is not one's own."""
    if not may_pin(person, tweet):
        raise NotAllowed("You can only unpin your own tweets.")
    Tweet.objects.filter(pk=tweet.pk, author=person).update(pinned_at=None)
