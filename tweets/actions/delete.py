"""Taking it back: the tweet, its former versions, its pictures and their files."""

from django.db import transaction

from accounts.actions import adjust_counts, lock_people
from accounts.models import User
from attachments.actions import discard, give_back
from attachments.models import Attachment
from common.errors import NotAllowed
from events.bus import publish
from events.catalogue import TweetDeleted
from tweets.actions.counts import count_where_it_belongs, lock_for_removal
from tweets.actions.feed_blocks import count_in_block
from tweets.actions.retweet import undo_retweet
from tweets.models import Mention, Tweet
from tweets.policies import may_delete


@transaction.atomic
def delete_tweet(user: User, tweet: Tweet, *, keeps_pictures: bool = False) -> None:
    """Remove the tweet for good; deleting twice is harmless. Raises NotAllowed for anyone but the author.

    Deleting a retweet is taking it back. With `keeps_pictures` its author may use the pictures once more,
    until the clean-up takes those that no tweet shows.
    """
    if not may_delete(user, tweet):
        raise NotAllowed("You can only delete your own tweets.")
    remove_tweet(tweet, keeps_pictures=keeps_pictures)


def remove_tweet(tweet: Tweet, *, keeps_pictures: bool = False) -> None:
    """What deleting means; the caller decided that it may be."""
    if tweet.retweet_of is not None:
        undo_retweet(tweet.author, tweet)
        return
    lock_people(tweet.author_id)
    lock_for_removal([tweet.pk])
    current = Tweet.objects.filter(pk=tweet.pk).first()
    if current is None:
        return
    if current.is_counted:  # else it went out of all counts when it was hidden or held
        count_where_it_belongs(current, -1)
        if (
            current.stands_in_feed and tweet.author.is_active
        ):  # else it went when its author went out of sight
            count_in_block(current.id, -1)
        if current.counts_for_author:
            adjust_counts(tweet.author_id, tweets=-1)
    pictures = list(Attachment.objects.filter(shown_in__tweet=current))
    if keeps_pictures:
        give_back(pictures)
    else:
        discard(pictures)
    named = list(Mention.objects.filter(tweet=current).values_list("person_id", flat=True))
    current.delete()
    publish(TweetDeleted(tweet.id, tweet.author_id, current.visibility, named))
