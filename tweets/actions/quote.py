"""Taking one's words out of somebody's quote."""

from django.db import transaction

from accounts.models import User
from common.errors import NotAllowed
from events.bus import publish
from events.catalogue import QuoteDetached
from tweets.actions.counts import adjust_tweet, lock_tweets
from tweets.models import Tweet
from tweets.policies import may_detach_quote


@transaction.atomic
def detach_quote(person: User, quote: Tweet) -> None:
    """The quote stays, without the quoted words; twice is harmless.

    Raises NotAllowed for anyone but the quoted author.
    """
    if quote.is_quote and quote.quote_of_id is None:
        return
    if not may_detach_quote(person, quote):
        raise NotAllowed("Only the quoted author can do this.")
    quoted_id = quote.quote_of_id
    lock_tweets([quote.pk])  # so that nobody holds it back or lets it appear in between
    current = Tweet.objects.filter(pk=quote.pk, quote_of_id=quoted_id).first()
    if current is not None and quoted_id is not None:
        Tweet.objects.filter(pk=quote.pk).update(quote_of=None)
        if current.is_counted:  # else it went out of the count when it was hidden or held
            adjust_tweet(quoted_id, quotes=-1)
        publish(QuoteDetached(tweet_id=quote.id, quoted_id=quoted_id))
