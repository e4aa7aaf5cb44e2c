"""Of what statuses are made: columns of tweets, the reader's marks, the linked page, names and tags."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, BooleanField, Exists, OuterRef, QuerySet, Value

from analytics.actions import note_tweet
from api.shapes.link_cards import Linked
from common.prepared import Prepared
from tweets.models import Mention, ThreadMute, Tweet, TweetHashtag
from tweets.queries import Viewer, seen_tweets


class Words(NamedTuple):
    """The columns of which the kept part is made: alike for all readers."""

    id: int
    author_id: int
    author__username: str
    author__is_sensitive: bool  # staff cover all their pictures
    html: str
    warning: str
    is_sensitive: bool
    language: str
    visibility: str
    edited_at: datetime | None
    is_reply: bool
    reply_to_id: int | None
    reply_to_author_id: int | None
    likes_count: int
    retweets_count: int
    replies_count: int
    quotes_count: int

    @property
    def is_covered(self) -> bool:
        """Whether apps fold it: for its warning, its pictures, or whoever wrote it."""
        return self.is_sensitive or self.author__is_sensitive or bool(self.warning)


class Row(NamedTuple):
    """What else a status takes: how it hangs together with others, and what the reader did with it."""

    text: str
    conversation_id: int
    retweet_of_id: int | None
    is_quote: bool
    quote_of_id: int | None
    quoters: str
    pinned_at: datetime | None
    poll__choices: list[str] | None
    poll__counts: list[int] | None
    poll__voters_count: int | None
    poll__is_multiple: bool | None
    poll__hides_totals: bool | None
    poll__ends_at: datetime | None
    is_quotable: bool
    liked: bool
    retweeted: bool
    bookmarked: bool
    picked: int | None
    muted: bool


class Told(NamedTuple):
    words: Words
    row: Row
    linked: Linked


def told(ids: Sequence[int], viewer: Viewer) -> dict[int, Told]:
    """These tweets, what they spread, and what is quoted in either, as far as the viewer may see them."""
    rows = _TWEETS.rows(viewer_id=viewer.pk, ids=list(ids)) if ids else []
    return {row[0]: _split(row) for row in rows}


def note_readers(drawn: Iterable[int], rows: Mapping[int, Told]) -> None:
    """For statistics. Of a retweet, what it spreads. Who reads a message is nobody's number."""
    for an_id in drawn:
        words = rows[rows[an_id].row.retweet_of_id or an_id].words
        if words.visibility != Tweet.Visibility.DIRECT:
            note_tweet(words.id, words.author_id)


class Named(NamedTuple):
    """Whom and what a tweet names, in order: ids and names of people, tags."""

    people: list[tuple[int, str]]
    tags: list[str]


def named(ids: list[int]) -> dict[int, Named]:
    """What each of these tweets names. One query."""
    found = {an_id: Named([], []) for an_id in ids}
    for tweet_id, _, person_id, name in sorted(_NAMED.rows(ids=ids), key=_in_order) if ids else ():
        if person_id is None:
            found[tweet_id].tags.append(name)
        else:
            found[tweet_id].people.append((person_id, name))
    return found


def _in_order(row: tuple[Any, ...]) -> int:
    return int(row[1])


def _split(row: tuple[Any, ...]) -> Told:
    return Told(Words._make(row[:_ROW]), Row._make(row[_ROW:_LINKED]), Linked._make(row[_LINKED:]))


def _tweets(viewer_id: int | None, ids: list[int]) -> QuerySet[Tweet, tuple[object, ...]]:
    mutes = ThreadMute.objects.filter(person_id=viewer_id, conversation_id=OuterRef("conversation_id"))
    muted = Value(False, BooleanField()) if viewer_id is None else Exists(mutes)
    return seen_tweets(viewer_id, ids).annotate(muted=muted).values_list(*_COLUMNS)


def _names(ids: list[int]) -> QuerySet[Mention, tuple[object, ...]]:
    people = Mention.objects.filter(tweet_id__in=ids)
    tags = TweetHashtag.objects.filter(tweet_id__in=ids)
    nobody = Value(None, BigIntegerField())
    return people.values_list("tweet_id", "id", "person_id", "person__username").union(
        tags.values_list("tweet_id", "id", nobody, "hashtag__name"), all=True
    )


_ROW = len(Words._fields)  # where the columns of each begin
_LINKED = _ROW + len(Row._fields)
_COLUMNS = (*Words._fields, *Row._fields, *Linked._fields)
_TWEETS, _NAMED = Prepared(_tweets), Prepared(_names)
