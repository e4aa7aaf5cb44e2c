"""Saying something."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.actions import adjust_counts, lock_people
from accounts.models import User
from accounts.policies import refusal
from attachments.actions import claim
from common.errors import Invalid, NotAllowed
from common.ids import new_id_at
from common.prepared import Prepared
from common.writing import Inserts
from events.bus import publish
from events.catalogue import DirectTweetPosted, LinkPosted, TweetPosted
from tweets.actions.content import (
    Said,
    images_for,
    put_words,
    read_text,
    show_images,
    write_mentions,
    write_tags,
)
from tweets.actions.counts import count_where_it_belongs
from tweets.actions.drafts import finish_draft, free_pictures
from tweets.actions.feed_blocks import count_in_block
from tweets.actions.newcomers import check_newcomer
from tweets.actions.place import Place, find_place, put_in_place
from tweets.actions.poll import ask
from tweets.actions.posting_keys import is_forgotten
from tweets.draft import TweetDraft
from tweets.models import PostingKey, Tweet
from tweets.policies import may_post

KEY_MAX_LENGTH = 100


def post_tweet(
    author: User, draft: TweetDraft, *, at: datetime | None = None, undo_seconds: float = 0
) -> Tweet:
    """Post the draft and return the tweet; a key that was used before returns the tweet of that time.

    `at` dates words that were said earlier; by default it is now. For `undo_seconds` nobody is told and
    `undo_posting` takes it back, which needs a key. Raises NotAllowed when the author may
    not write, answer or quote here; Invalid when the draft is empty, too long, dated in the future, for
    nobody, answers what is gone, or names pictures that are not the author's to use.
    """
    if not may_post(author):
        raise NotAllowed(refusal(author, "tweet"))
    if len(draft.key) > KEY_MAX_LENGTH or not draft.key.isprintable():
        raise Invalid("This form is damaged. Reload the page and send again.")
    if draft.key and (earlier := _posted_with(author, draft.key)):
        return earlier
    if at is not None and at > timezone.now():
        raise Invalid("This date lies in the future.")
    said = read_text(draft)
    place = find_place(author, draft, said.mentions)
    if at is None:
        answers = place.parent.pk if place.parent else None
        check_newcomer(author, said, answers=answers, readers=place.readers)
    try:
        return _write(author, draft, said, place, at, undo_seconds if draft.key else 0)
    except IntegrityError:
        # The same form arrived twice at the same moment: the other one was faster.
        if draft.key and (earlier := _posted_with(author, draft.key)):
            return earlier
        raise


@transaction.atomic
def _write(
    author: User, draft: TweetDraft, said: Said, place: Place, at: datetime | None, undo_seconds: float
) -> Tweet:
    tweet = Tweet(author=author)
    put_words(tweet, said)
    if at is not None:
        tweet.id = new_id_at(at)
    put_in_place(tweet, draft, place)
    _count(tweet, is_late=at is not None)
    free_pictures(author, draft.saved_as)
    images = images_for(author, draft.images)
    _TWEETS.write([tweet])
    if draft.key:
        until = timezone.now() + timedelta(seconds=undo_seconds) if undo_seconds else None
        _KEYS.write([PostingKey(author=author, key=draft.key, tweet=tweet, undo_until=until)])
    claim(images)
    show_images(tweet, images)
    ask(tweet, said.poll)
    write_tags(tweet, said.hashtags)
    write_mentions(tweet, said.mentions, place.readers)
    finish_draft(author, draft.saved_as)
    _announce(tweet, undo_seconds)
    return tweet


def _count(tweet: Tweet, *, is_late: bool) -> None:
    """First the author, then what it answers or quotes: all that is held is held in this order."""
    if tweet.counts_for_author:
        adjust_counts(tweet.author_id, tweets=1, tweeted_at=timezone.now())
    else:
        lock_people(tweet.author_id)
    count_where_it_belongs(tweet, 1)
    if is_late and tweet.stands_in_feed:
        count_in_block(tweet.id, 1)


def _announce(tweet: Tweet, undo_seconds: float) -> None:
    facts = (tweet.id, tweet.author_id, undo_seconds)
    publish(TweetPosted(*facts))
    if tweet.visibility == Tweet.Visibility.DIRECT:
        publish(DirectTweetPosted(*facts))
    elif any(kind == "url" for kind, *_ in tweet.entities):
        publish(LinkPosted(*facts))


def _posted_with(author: User, key: str) -> Tweet | None:
    known = _POSTED.instances(PostingKey, author_id=author.pk, key=key)
    if known and is_forgotten(known[0].key, known[0].created_at):
        PostingKey.objects.filter(pk=known[0].pk).delete()  # by its number: the key may be in use anew
        return None
    return known[0].tweet if known else None


def _posted(author_id: int, key: str) -> QuerySet[PostingKey]:
    return PostingKey.objects.filter(author_id=author_id, key=key).select_related("tweet__author")


_POSTED, _TWEETS, _KEYS = Prepared(_posted), Inserts(Tweet), Inserts(PostingKey)
