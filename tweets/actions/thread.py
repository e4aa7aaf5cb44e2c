"""Saying several things at once: a thread, each tweet an answer to the one before."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from accounts.actions import lock_people
from accounts.models import User
from common.errors import Invalid, NotAllowed, NotFound
from tweets.actions.content import make_tags
from tweets.actions.counts import lock_tweets
from tweets.actions.post import post_tweet
from tweets.draft import TweetDraft
from tweets.models import PostingKey, Tweet
from tweets.text import clean, find_entities, tag_key


def post_thread(author: User, drafts: Sequence[TweetDraft], *, undo_seconds: float = 0) -> list[Tweet]:
    """Post all of the drafts or none, and return the tweets in their order.

    The first draft says what the thread answers and quotes; its key stands for all, so that the same form
    sent twice returns the tweets of the first time. For `undo_seconds` nobody is told of any. Raises what
    `post_tweet` raises, naming which tweet of several is to blame, and Invalid for none and for more than
    THREAD_MAX_TWEETS.
    """
    if not drafts:
        raise Invalid("Write something, or add a picture.", field="text")
    over = len(drafts) - settings.THREAD_MAX_TWEETS
    if over > 0:
        raise Invalid(
            f"A thread holds at most {settings.THREAD_MAX_TWEETS} tweets; this one has {over} too many.",
            field="text",
        )
    keys = thread_keys(drafts[0].key)[: len(drafts)]
    return _posted_with(author, keys) or _post_all(author, drafts, keys, undo_seconds)


def thread_keys(key: str) -> list[str]:
    """The keys of the tweets of a thread: of the first that of the form, of the others keys made of it that
    nobody can send.
    """
    made = (
        f"{key}\0{number}".encode(errors="surrogatepass")
        for number in range(2, settings.THREAD_MAX_TWEETS + 1)
    )
    return [key, *(sha256(words).hexdigest() if key else "" for words in made)]


@transaction.atomic
def _post_all(
    author: User, drafts: Sequence[TweetDraft], keys: Sequence[str], undo_seconds: float
) -> list[Tweet]:
    if len(drafts) > 1:
        hold_what_it_needs(author, drafts)
    posted: list[Tweet] = []
    for number, (draft, key) in enumerate(zip(drafts, keys, strict=True), 1):
        above = posted[-1].id if posted else draft.reply_to_id
        try:
            said = replace(draft, key=key, reply_to_id=above)
            posted.append(post_tweet(author, said, undo_seconds=undo_seconds))
        except (Invalid, NotAllowed, NotFound) as error:
            if len(drafts) > 1:
                error.message = f"Tweet {number}: {error.message}"
                error.args = (error.message,)
            raise
    return posted


def hold_what_it_needs(author: User, drafts: Sequence[TweetDraft]) -> None:
    """What posting these would hold one after the other, in the order of the house; inside a transaction."""
    lock_people(author.pk)
    lock_tweets(an_id for draft in drafts for an_id in (draft.reply_to_id, draft.quote_of_id) if an_id)
    found = (entity for draft in drafts for entity in find_entities(clean(draft.text)))
    make_tags(tag_key(entity.value) for entity in found if entity.kind == "hashtag")


def _posted_with(author: User, keys: Sequence[str]) -> list[Tweet]:
    """What the same form posted before, as far as it is still there; empty when it is new."""
    if not keys[0]:
        return []
    known = PostingKey.objects.filter(author=author, key__in=keys, tweet__isnull=False)
    rows = {row.key: row.tweet for row in known.select_related("tweet__author")}
    return [tweet for key in keys if (tweet := rows.get(key))] if keys[0] in rows else []
