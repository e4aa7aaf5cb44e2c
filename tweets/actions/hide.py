"""What staff do with a tweet that must not be seen."""

from django.db import transaction
from django.utils import timezone

from accounts.actions import adjust_counts
from accounts.models import User
from common.errors import NotAllowed
from events.bus import publish
from events.catalogue import TweetHidden, TweetRestored
from tweets.actions.feed_blocks import count_in_block
from tweets.models import Tweet
from tweets.policies import may_hide


@transaction.atomic
def hide_tweet(staff: User, tweet: Tweet) -> None:
    """Take the tweet out of everyone's sight; twice is harmless. Raises NotAllowed for non-staff."""
    _check(staff, tweet)
    if Tweet.objects.filter(pk=tweet.pk, hidden_at__isnull=True).update(hidden_at=timezone.now()):
        _count(tweet, -1)
        publish(TweetHidden(tweet_id=tweet.id, staff_id=staff.id))


@transaction.atomic
def unhide_tweet(staff: User, tweet: Tweet) -> None:
    """Show it again; twice is harmless. Raises NotAllowed for non-staff."""
    _check(staff, tweet)
    if Tweet.objects.filter(pk=tweet.pk, hidden_at__isnull=False).update(hidden_at=None):
        _count(tweet, 1)
        publish(TweetRestored(tweet_id=tweet.id, staff_id=staff.id))


def _check(staff: User, tweet: Tweet) -> None:
    if not may_hide(staff, tweet):
        raise NotAllowed("Only staff may hide tweets.")


def _count(tweet: Tweet, change: int) -> None:
    """A tweet that goes out of sight goes out of the feed's and the author's counts."""
    if tweet.stands_in_feed:
        count_in_block(tweet.id, change)
    if tweet.counts_for_author:
        adjust_counts(tweet.author_id, tweets=change)
