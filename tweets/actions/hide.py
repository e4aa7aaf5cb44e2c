"""What staff do with a tweet that must not be seen, for good or until somebody looked at it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.actions import adjust_counts, lock_people
from accounts.roles import Staff
from audit.actions import Subject, record
from audit.deeds import Deed
from audit.models import AuditEntry
from common.errors import NotAllowed
from events.bus import publish
from events.catalogue import TweetHeld, TweetHidden, TweetReleased, TweetRestored
from tweets.actions.counts import count_where_it_belongs, lock_tweets
from tweets.actions.delete import remove_tweet
from tweets.actions.feed_blocks import count_in_block
from tweets.models import Tweet, TweetEdit
from tweets.policies import may_hide, may_hold
from tweets.text import plain_excerpt

_NAMED_BY = 80  # characters of its words, in the list of what staff did
_STATES = {
    Deed.HIDE_TWEET: ("hidden", False, True),
    Deed.SHOW_TWEET: ("hidden", True, False),
    Deed.HOLD_TWEET: ("held", False, True),
    Deed.RELEASE_TWEET: ("held", True, False),
}  # what changes, from and to


@transaction.atomic
def hide_tweet(staff: Staff, tweet: Tweet, reason: str = "", undoes: AuditEntry | None = None) -> None:
    """Take the tweet out of everyone's sight; twice is harmless. Raises NotAllowed for non-staff."""
    _check(staff, tweet)
    current = _current(tweet)
    if current is not None and current.hidden_at is None:
        Tweet.objects.filter(pk=tweet.pk).update(hidden_at=timezone.now())
        if current.is_counted:
            _count(current, -1)
        _record(staff, Deed.HIDE_TWEET, tweet, reason, undoes)
        publish(TweetHidden(tweet_id=tweet.id, staff_id=staff.pk))


@transaction.atomic
def unhide_tweet(staff: Staff, tweet: Tweet, reason: str = "", undoes: AuditEntry | None = None) -> None:
    """Show it again, and to everybody it is for if it was held before; twice is harmless. Raises NotAllowed
    for non-staff.
    """
    _check(staff, tweet)
    current = _current(tweet)
    if current is not None and current.hidden_at is not None:
        Tweet.objects.filter(pk=tweet.pk).update(hidden_at=None, held_at=None)
        _count(current, 1)
        _record(staff, Deed.SHOW_TWEET, tweet, reason, undoes)
        publish(TweetRestored(tweet_id=tweet.id, staff_id=staff.pk))
        if current.held_at is not None:
            _forget_unseen(current, current.held_at)
            publish(TweetReleased(tweet_id=tweet.id, author_id=tweet.author_id))


@transaction.atomic
def hold_tweet(staff: Staff, tweet: Tweet, reason: str = "", undoes: AuditEntry | None = None) -> bool:
    """Let nobody but its author see it until `release_tweet`, and tell nobody of it; twice is harmless.
    Returns whether it is held now, and not gone. Raises NotAllowed for messages and words of staff.
    """
    if not may_hold(staff, tweet):
        raise NotAllowed("This tweet cannot be held back.")
    current = _current(tweet)
    if current is None:
        return False
    if current.held_at is None:
        Tweet.objects.filter(pk=tweet.pk).update(held_at=timezone.now())
        if current.is_counted:
            _count(current, -1)
        _record(staff, Deed.HOLD_TWEET, tweet, reason, undoes)
        publish(TweetHeld(tweet_id=tweet.id, author_id=tweet.author_id))
    return True


@transaction.atomic
def release_tweet(
    staff: Staff,
    tweet: Tweet,
    reason: str = "",
    undoes: AuditEntry | None = None,
    *,
    unseen: Collection[int] = (),
) -> None:
    """Let it appear for everybody it is for, who are told of it now; twice is harmless. Former versions that
    nobody was to see go for good; also those of `unseen`, by number. Raises NotAllowed for non-staff.
    """
    _check(staff, tweet)
    current = _current(tweet)
    if current is not None and current.held_at is not None:
        Tweet.objects.filter(pk=tweet.pk).update(held_at=None)
        if current.hidden_at is None:
            _count(current, 1)
        TweetEdit.objects.filter(tweet=current, revision__in=unseen).delete()
        _forget_unseen(current, current.held_at)
        _record(staff, Deed.RELEASE_TWEET, tweet, reason, undoes)
        publish(TweetReleased(tweet_id=tweet.id, author_id=tweet.author_id))


def erase_hidden(tweet_id: int) -> None:
    """Remove a tweet for good that staff hid long enough ago; the caller decided that it is time. Nothing
    happens to one that is shown or gone.
    """
    with transaction.atomic():
        tweet = Tweet.objects.select_related("author").filter(pk=tweet_id, hidden_at__isnull=False).first()
        if tweet is not None:
            remove_tweet(tweet)


def _forget_unseen(tweet: Tweet, held_at: datetime) -> None:
    """The history everybody can read tells what was public: not the version that was held, once it is edited,
    and none that was written and replaced while it was held. What rules caught is kept with their hits.
    """
    unseen, replaced_at = [], tweet.edited_at
    for pk, written_at in (
        TweetEdit.objects.filter(tweet=tweet).order_by("-revision").values_list("pk", "written_at")
    ):
        if replaced_at is None or replaced_at < held_at:
            break
        unseen.append(pk)
        replaced_at = written_at
    if unseen:
        TweetEdit.objects.filter(pk__in=unseen).delete()


def _current(tweet: Tweet) -> Tweet | None:
    """The row as it is, kept from changing until the end of the transaction, with its author and those whose
    counters it stands in; None once it is deleted.
    """
    lock_people(tweet.author_id)
    lock_tweets([tweet.pk])
    return Tweet.objects.filter(pk=tweet.pk).first()


def _record(staff: Staff, deed: Deed, tweet: Tweet, reason: str, undoes: AuditEntry | None) -> None:
    what, before, after = _STATES[deed]
    name = f"{tweet.author.handle}: {plain_excerpt(tweet.text, _NAMED_BY)}"
    subject = Subject("tweet", tweet.pk, name, person_id=tweet.author_id)
    record(staff, deed, subject, {what: before}, {what: after}, reason=reason, undoes=undoes)


def _check(staff: Staff, tweet: Tweet) -> None:
    if not may_hide(staff, tweet):
        raise NotAllowed("Only staff may hide tweets.")


def _count(tweet: Tweet, change: int) -> None:
    """A tweet that goes out of sight goes out of all counts: of what it answers, quotes or retweets, of the
    feed, of its author.
    """
    count_where_it_belongs(tweet, change)
    if tweet.stands_in_feed:
        count_in_block(tweet.id, change)
    if tweet.counts_for_author:
        adjust_counts(tweet.author_id, tweets=change)
