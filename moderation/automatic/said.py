"""What rules look at: the words, links and people of one version of a tweet, read from its row."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from common.words import fold_once
from tweets.models import Tweet, TweetEdit
from tweets.text import find_entities

COLUMNS = (
    *("id", "author_id", "text", "warning", "entities", "poll__choices"),
    *("revision", "visibility", "hidden_at"),
)
_MILLISECONDS = 60_000  # of a minute
_STAFF = ~Q(author__role="") | Q(author__is_staff=True) | Q(author__is_superuser=True)


@dataclass(frozen=True, slots=True)
class Said:
    """`texts` are folded; `digest` is the same for the same words, whomever they name; None without words.

    Of a version that was edited since, `former_at` is when it was written, and `named` whom it named; of the
    present one the rows of its mentions tell that.
    """

    tweet_id: int
    author_id: int
    revision: int
    text: str
    texts: tuple[str, ...]
    links: tuple[str, ...]  # as typed
    digest: int | None
    is_open: bool
    is_hidden: bool
    former_at: datetime | None = None
    named: tuple[str, ...] = ()

    @property
    def age_hours(self) -> float:
        """Of the account, when this was said; ids tell moments, see common/ids."""
        return max((self.tweet_id >> 16) - (self.author_id >> 16), 0) / 3_600_000

    @property
    def key(self) -> tuple[int, int]:
        """Which tweet, and which version of it."""
        return self.tweet_id, self.revision


def looked_at() -> QuerySet[Tweet]:
    """What rules look at: no retweets, no messages, whose readers report them, and nothing by staff."""
    own = Tweet.objects.but_messages().filter(retweet_of__isnull=True)
    return own.exclude(_STAFF)


def ids_within(tweet_id: int, minutes: int) -> int:
    """The smallest id of the time before that tweet."""
    return max((tweet_id >> 16) - minutes * _MILLISECONDS, 0) << 16


def said_of(row: Sequence[Any]) -> Said:
    """Of a row with the COLUMNS."""
    an_id, author_id, text, warning, entities, choices, revision, visibility, hidden_at = row
    return Said(
        tweet_id=an_id,
        author_id=author_id,
        revision=revision,
        text=text,
        texts=_folded(text, warning, choices),
        links=_links(entities),
        digest=_digest(text, entities),
        is_open=visibility in Tweet.OPEN,
        is_hidden=hidden_at is not None,
    )


def with_former(tweets: Sequence[Said]) -> list[list[Said]]:
    """Each of them with what it said before, which others can read in its history: the present version first,
    then the latest. One query, if any of them was edited.
    """
    edited = [said.tweet_id for said in tweets if said.revision > 1]
    former: defaultdict[int, list[TweetEdit]] = defaultdict(list)
    if edited:
        for edit in TweetEdit.objects.filter(tweet__in=edited).order_by("-revision"):
            former[edit.tweet_id].append(edit)
    return [[said, *(_former(said, edit) for edit in former[said.tweet_id])] for said in tweets]


def _former(said: Said, edit: TweetEdit) -> Said:
    found = find_entities(edit.text, home=settings.SITE_HOST)
    entities = [(one.kind, one.start, one.end, one.value) for one in found]
    return Said(
        tweet_id=said.tweet_id,
        author_id=said.author_id,
        revision=edit.revision,
        text=edit.text,
        texts=_folded(edit.text, edit.warning, edit.poll["choices"] if edit.poll else ()),
        links=_links(entities),
        digest=_digest(edit.text, entities),
        is_open=said.is_open,
        is_hidden=said.is_hidden,
        former_at=edit.written_at,
        named=tuple(value for kind, _, _, value in entities if kind == "mention"),
    )


def _folded(text: str, warning: str, choices: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(map(fold_once, (text, warning, *(choices or ()))))


def _links(entities: Sequence[Sequence[Any]]) -> tuple[str, ...]:
    return tuple(value for kind, _, _, value in entities if kind == "url")


def _digest(text: str, entities: Sequence[Sequence[Any]]) -> int | None:
    """Without whom it names: a wave says the same to everybody."""
    for kind, start, end, *_ in reversed(entities):
        if kind == "mention":
            text = text[:start] + text[end:]
    words = fold_once(text)
    if not words:
        return None
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big", signed=True)
