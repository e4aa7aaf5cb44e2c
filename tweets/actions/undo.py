"""Taking back what was sent: it goes as tweets and returns as a draft, with its pictures."""

import secrets
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from accounts.actions import lock_people
from accounts.models import User
from attachments.actions import give_back
from common.errors import Gone, Invalid, NotAllowed, NotFound
from tweets.actions.counts import lock_for_removal
from tweets.actions.delete import remove_tweet
from tweets.actions.drafts import save_draft
from tweets.actions.thread import thread_keys
from tweets.draft import SavedAs, TweetDraft
from tweets.models import PostingKey, SavedDraft, Tweet, TweetImage
from tweets.policies import may_delete
from tweets.queries import as_draft, images_of

_SENT = "This has been sent already."


@transaction.atomic
def undo_posting(author: User, tweet_id: int) -> SavedDraft:
    """Take back what was sent a moment ago, of a thread every tweet, before anybody is told of it; the words
    are a draft again, in the same transaction.

    `tweet_id` is that of the first. Raises Invalid when it is too late, or when one of them was edited
    since; NotFound when it is gone, and for whatever is not the author's.
    """
    lock_people(author.pk)
    first = PostingKey.objects.filter(author=author, tweet_id=tweet_id).first()
    if first is None:
        if Tweet.objects.filter(pk=tweet_id, author=author).exists():
            raise Invalid(_SENT)
        raise NotFound("This tweet does not exist, or you may not see it.")
    sent = PostingKey.objects.filter(author=author, key__in=thread_keys(first.key), tweet__isnull=False)
    rows = {row.key: row for row in sent.select_related("tweet__author")}
    if first.key not in rows:
        raise NotFound("This tweet is gone already.")
    kept = [rows[key] for key in thread_keys(first.key) if key in rows]
    now = timezone.now()
    tweets = [row.tweet for row in kept if row.tweet and row.undo_until and row.undo_until > now]
    if len(tweets) < len(kept) or any(tweet.edited_at for tweet in tweets):
        raise Invalid(_SENT)
    return _keep(author, _take_back(tweets), tweet_id)


@transaction.atomic
def redraft_tweet(author: User, tweet: Tweet) -> SavedDraft:
    """Delete a tweet of one's own and keep what it said as a draft, in the same transaction.

    Raises NotAllowed for anyone but the author and for a retweet, which has no words of its own; NotFound
    when it is gone.
    """
    if not may_delete(author, tweet) or tweet.retweet_of_id is not None:
        raise NotAllowed("You can only take back your own tweets.")
    lock_people(author.pk)
    if not Tweet.objects.filter(pk=tweet.pk).exists():
        raise NotFound("This tweet is gone already.")
    return _keep(author, _take_back([tweet]), tweet.pk)


def undone_key(tweet_id: int) -> str:
    """The key of the draft that a tweet became, so that a second click finds it."""
    return f"undone-{tweet_id}"


def _keep(author: User, drafts: Sequence[TweetDraft], tweet_id: int) -> SavedDraft:
    first = drafts[0]
    is_message = len(drafts) == 1 and first.visibility == Tweet.Visibility.DIRECT
    if is_message:
        drafts = [replace(first, reply_to_id=None)]  # the people it is for say where it belongs
    place = "message" if is_message else _place_of(first)
    saved_as = SavedAs(undone_key(tweet_id), secrets.token_urlsafe(9))
    draft = save_draft(author, drafts, saved_as, place=place, to=_names_of(first) if is_message else "")
    if draft is None:
        raise Gone("There were no words in it that could be kept.")
    return draft


def _take_back(tweets: Sequence[Tweet]) -> list[TweetDraft]:
    lock_for_removal(tweet.pk for tweet in tweets)
    first, *rest = [as_draft(tweet) for tweet in tweets]
    give_back([image for tweet in tweets for image in images_of(tweet)])
    TweetImage.objects.filter(tweet__in=tweets).delete()
    for tweet in reversed(tweets):
        remove_tweet(tweet)
    return [first, *(replace(draft, reply_to_id=None) for draft in rest)]  # they answer one another


def _place_of(draft: TweetDraft) -> str:
    if draft.reply_to_id is not None:
        return f"reply:{draft.reply_to_id}"
    return "tweet" if draft.quote_of_id is None else f"quote:{draft.quote_of_id}"


def _names_of(draft: TweetDraft) -> str:
    """Whom a message is for, as one types it."""
    people = User.objects.filter(pk__in=draft.recipients).order_by("username")
    return ", ".join(people.values_list("username", flat=True))
