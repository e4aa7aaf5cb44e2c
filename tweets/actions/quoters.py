"""Saying later who may quote a tweet."""

from django.db import transaction

from accounts.models import User
from common.errors import Invalid, NotAllowed
from tweets.models import Tweet
from tweets.policies import may_edit


@transaction.atomic
def set_quoters(author: User, tweet: Tweet, quoters: str) -> None:
    """From now on; quotes there are stay. Raises NotAllowed for somebody else's tweet, Invalid for an unknown
    choice.
    """
    if not may_edit(author, tweet):
        raise NotAllowed("You can only say who may quote your own tweets.")
    if quoters not in Tweet.Quoters.values:
        raise Invalid("Choose who may quote this tweet.", field="quoters")
    Tweet.objects.filter(pk=tweet.pk).update(quoters=quoters)
    tweet.quoters = quoters
