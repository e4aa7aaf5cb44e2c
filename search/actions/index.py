"""Keeping the index: what tweets and people say now, whatever was kept of them before."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from common.prepared import Prepared
from common.writing import Inserts
from search.engines import document, hold_tweets
from search.marks import marks_of
from search.models import PersonDocument, TagDocument, TweetDocument
from search.spelling import forgivable, near_marks
from search.words import rows_to_keep
from tweets.models import Hashtag, Mention, Tweet, TweetHashtag, TweetImage

_TWEET_COLUMNS = (
    *("author_id", "text", "warning", "entities", "language"),
    *("reply_to_author_id", "is_reply", "is_quote"),
)


@transaction.atomic(savepoint=False)  # whatever fails here fails with whoever asked
def index_tweets(tweet_ids: Iterable[int]) -> int:
    """Keep the words of these tweets, retweets and direct messages excepted. Returns how many are kept.

    Six statements for any number, one more on PostgreSQL, two more for new tags; some hundred at once are a
    good measure. Twice is harmless.
    """
    ids = list(tweet_ids)
    hold_tweets(ids)
    tweets = _TWEETS.instances(Tweet, ids=ids) if ids else []
    kept = [tweet.pk for tweet in tweets]
    if gone := set(ids) - set(kept):
        TweetDocument.objects.filter(tweet__in=gone).delete()
    if not kept:
        return 0
    named: dict[int, list[int]] = _grouped(_NAMED.rows(ids=kept))
    tags: dict[int, list[str]] = _grouped(_TAGS.rows(ids=kept))
    images: dict[int, list[str]] = _grouped(_IMAGES.rows(ids=kept))
    documents = [TweetDocument(tweet=tweet, words=_words(tweet, named, tags, images)) for tweet in tweets]
    _DOCUMENTS.write(documents)
    if tags:
        known = Exists(TagDocument.objects.filter(pk=OuterRef("hashtag_id")))
        uses = TweetHashtag.objects.filter(~known, tweet__in=kept)
        index_tags(set(uses.values_list("hashtag_id", flat=True)))
    return len(documents)


@transaction.atomic
def index_people(person_ids: Iterable[int]) -> int:
    """Keep the words of these people's names and bios, and how names are misspelt. Returns how many."""
    people = User.objects.filter(pk__in=list(person_ids)).only("username", "display_name", "bio")
    documents = [PersonDocument(person=person, words=_words_of(person)) for person in people]
    PersonDocument.objects.bulk_create(
        documents, update_conflicts=True, unique_fields=["person"], update_fields=["words"]
    )
    return len(documents)


@transaction.atomic
def index_tags(tag_ids: Iterable[int]) -> int:
    """Keep how these tags are misspelt. Returns how many. Nothing is asked for none."""
    names = Hashtag.objects.filter(pk__in=ids).values_list("pk", "name") if (ids := list(tag_ids)) else ()
    documents = [
        TagDocument(tag_id=an_id, words=document([near_marks(forgivable(name))])) for an_id, name in names
    ]
    TagDocument.objects.bulk_create(
        documents, update_conflicts=True, unique_fields=["tag"], update_fields=["words"]
    )
    return len(documents)


def _words_of(person: User) -> str:
    near = near_marks(forgivable(f"{person.username} {person.display_name}"))
    return document([*_rows(person.username, person.display_name, person.bio), *([word] for word in near)])


def _words(
    tweet: Tweet,
    named: dict[int, list[int]],
    tags: dict[int, list[str]],
    images: dict[int, list[str]],
) -> str:
    descriptions = images.get(tweet.pk, [])
    choices = tweet.poll.choices if hasattr(tweet, "poll") else []
    marks = marks_of(
        tweet,
        named=named.get(tweet.pk, []),
        tags=tags.get(tweet.pk, []),
        has_images=tweet.pk in images,
        has_poll=bool(choices),
    )
    return document([*_rows(tweet.text, tweet.warning, *descriptions, *choices), *([word] for word in marks)])


def _rows(*texts: str) -> list[list[str]]:
    return [row for text in texts for row in rows_to_keep(text)]


def _grouped(pairs: Iterable[tuple[Any, ...]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for an_id, value in pairs:
        found.setdefault(an_id, []).append(value)
    return found


def _tweets(ids: list[int]) -> QuerySet[Tweet]:
    rows = Tweet.objects.filter(pk__in=ids, retweet_of__isnull=True)
    rows = rows.exclude(visibility=Tweet.Visibility.DIRECT).select_related("poll")
    return rows.only(*_TWEET_COLUMNS, "poll__choices")


_TWEETS = Prepared(_tweets)
_NAMED = Prepared(lambda ids: Mention.objects.filter(tweet__in=ids).values_list("tweet_id", "person_id"))
_TAGS = Prepared(
    lambda ids: TweetHashtag.objects.filter(tweet__in=ids).values_list("tweet_id", "hashtag__name")
)
_IMAGES = Prepared(
    lambda ids: TweetImage.objects.filter(tweet__in=ids).values_list("tweet_id", "attachment__description")
)
_DOCUMENTS = Inserts(TweetDocument, replaces=["words"])
