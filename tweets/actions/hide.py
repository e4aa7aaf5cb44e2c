"""What staff do with a tweet that must not be seen."""

from django.db import transaction
from django.utils import timezone

from accounts.actions import adjust_counts
from accounts.models import User
from audit.actions import record
from audit.deeds import Deed
from audit.models import AuditEntry
from common.errors import NotAllowed
from events.bus import publish
from events.catalogue import TweetHidden, TweetRestored
from tweets.actions.delete import remove_tweet
from tweets.actions.feed_blocks import count_in_block
from tweets.models import Tweet
from tweets.policies import may_hide
from tweets.text import plain_excerpt

_NAMED_BY = 80  # characters of its words, in the list of what staff did


@transaction.atomic
def hide_tweet(staff: User, tweet: Tweet, reason: str = "", undoes: AuditEntry | None = None) -> None:
    """Take the tweet out of everyone's sight; twice is harmless. Raises NotAllowed for non-staff."""
    _check(staff, tweet)
    if Tweet.objects.filter(pk=tweet.pk, hidden_at__isnull=True).update(hidden_at=timezone.now()):
        _count(tweet, -1)
        _record(staff, Deed.HIDE_TWEET, tweet, reason, undoes)
        publish(TweetHidden(tweet_id=tweet.id, staff_id=staff.id))


@transaction.atomic
def unhide_tweet(staff: User, tweet: Tweet, reason: str = "", undoes: AuditEntry | None = None) -> None:
    """Show it again; twice is harmless. Raises NotAllowed for non-staff."""
    _check(staff, tweet)
    if Tweet.objects.filter(pk=tweet.pk, hidden_at__isnull=False).update(hidden_at=None):
        _count(tweet, 1)
        _record(staff, Deed.SHOW_TWEET, tweet, reason, undoes)
        publish(TweetRestored(tweet_id=tweet.id, staff_id=staff.id))


def erase_hidden(tweet_id: int) -> None:
    """Remove a tweet for good that staff hid long enough ago; the caller decided that it is time. Nothing
    happens to one that is shown or gone.
    """
    with transaction.atomic():
        tweet = Tweet.objects.select_related("author").filter(pk=tweet_id, hidden_at__isnull=False).first()
        if tweet is not None:
            remove_tweet(tweet)


def _record(staff: User, deed: Deed, tweet: Tweet, reason: str, undoes: AuditEntry | None) -> None:
    record(
        staff,
        deed,
        kind="tweet",
        subject_id=tweet.pk,
        subject=f"{tweet.author.handle}: {plain_excerpt(tweet.text, _NAMED_BY)}",
        person_id=tweet.author_id,
        before={"hidden": deed == Deed.SHOW_TWEET},
        after={"hidden": deed == Deed.HIDE_TWEET},
        reason=reason,
        undoes=undoes,
    )


def _check(staff: User, tweet: Tweet) -> None:
    if not may_hide(staff, tweet):
        raise NotAllowed("Only staff may hide tweets.")


def _count(tweet: Tweet, change: int) -> None:
    """A tweet that goes out of sight goes out of the feed's and the author's counts."""
    if tweet.stands_in_feed:
        count_in_block(tweet.id, change)
    if tweet.counts_for_author:
        adjust_counts(tweet.author_id, tweets=change)
