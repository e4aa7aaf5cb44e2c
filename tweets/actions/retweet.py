"""Spreading a tweet, and taking that back."""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from common.errors import Invalid, NotAllowed, NotFound
from common.ids import new_id_at
from events.bus import publish
from events.catalogue import RetweetUndone, TweetRetweeted
from tweets.actions.counts import adjust_tweet, hold_tweet
from tweets.models import Tweet
from tweets.policies import may_retweet, may_see

# Of a retweet, from the largest to the smallest.
_AUDIENCES: tuple[str, ...] = (*Tweet.OPEN, Tweet.Visibility.FOLLOWERS)


def retweet(person: User, tweet: Tweet, *, visibility: str = "", at: datetime | None = None) -> Tweet:
    """Spread the tweet to one's followers; twice gives the retweet of the first time.

    `visibility` says who may see that one did: whoever may see the tweet, unless that are fewer. `at` dates
    what was done earlier; by default it is now.
    Raises NotFound for what one may not see, NotAllowed for what was not meant for everyone, Invalid for a
    retweet to people one names.
    """
    tweet = tweet.retweet_of or tweet
    if not may_see(person, tweet):
        raise NotFound("This tweet does not exist, or you may not see it.")
    if not may_retweet(person, tweet):
        raise NotAllowed("Only public tweets can be retweeted.")
    if visibility and visibility not in _AUDIENCES:
        raise Invalid("A retweet is for everyone or for your followers.", "visibility")
    try:
        return _write(person, tweet, visibility, at)
    except IntegrityError:
        return Tweet.objects.get(author=person, retweet_of=tweet)  # the other click was faster


@transaction.atomic
def _write(person: User, tweet: Tweet, visibility: str, at: datetime | None) -> Tweet:
    known = Tweet.objects.filter(author=person, retweet_of=tweet).first()
    if known is not None:
        return known
    audience = max(tweet.visibility, visibility or tweet.visibility, key=_AUDIENCES.index)
    row = Tweet(author=person, retweet_of=tweet, visibility=audience)
    if at is not None:
        row.id = new_id_at(at)
    row.conversation_id = row.id
    row.save(force_insert=True)
    adjust_tweet(tweet.id, retweets=1)
    publish(TweetRetweeted(retweet_id=row.id, tweet_id=tweet.id, person_id=person.id))
    return row


@transaction.atomic
def undo_retweet(person: User, tweet: Tweet) -> None:
    """Take the retweet back; twice is harmless."""
    tweet = tweet.retweet_of or tweet
    hold_tweet(tweet.id)  # of two clicks at once the second finds nothing
    # Held while it goes, so that no home gets it in between.
    row = Tweet.objects.select_for_update().filter(author=person, retweet_of=tweet).first()
    if row is not None:
        retweet_id = row.id
        row.delete()
        if row.is_counted:
            adjust_tweet(tweet.id, retweets=-1)
        publish(RetweetUndone(retweet_id=retweet_id, tweet_id=tweet.id, person_id=person.id))
