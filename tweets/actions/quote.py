"""Taking one's words out of somebody's quote."""

from django.db import transaction

from accounts.models import User
from common.errors import NotAllowed
from events.bus import publish
from events.catalogue import QuoteDetached
from tweets.actions.counts import adjust_tweet
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
    if Tweet.objects.filter(pk=quote.pk, quote_of_id=quoted_id).update(quote_of=None):
        adjust_tweet(quoted_id, quotes=-1)
        publish(QuoteDetached(tweet_id=quote.id, quoted_id=quoted_id or 0))
