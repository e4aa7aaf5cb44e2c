"""What rules look at: a tweet's words, links and people, read from its row."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.db.models import Q, QuerySet

from common.words import fold_once
from tweets.models import Tweet

COLUMNS = (
    *("id", "author_id", "text", "warning", "entities", "poll__choices"),
    *("revision", "visibility", "hidden_at"),
)
_STAFF = ~Q(author__role="") | Q(author__is_staff=True) | Q(author__is_superuser=True)


@dataclass(frozen=True, slots=True)
class Said:
    """`texts` are folded; `digest` is the same for the same words, whomever they name; None without words."""

    tweet_id: int
    author_id: int
    texts: tuple[str, ...]
    links: int
    digest: int | None
    revision: int
    is_open: bool
    is_hidden: bool

    @property
    def age_hours(self) -> float:
        """Of the account, when this was said; ids tell moments, see common/ids."""
        return max((self.tweet_id >> 16) - (self.author_id >> 16), 0) / 3_600_000


def looked_at() -> QuerySet[Tweet]:
    """What rules look at: no retweets, no messages, whose readers report them, and nothing by staff."""
    own = Tweet.objects.but_messages().filter(retweet_of__isnull=True)
    return own.exclude(_STAFF)


def said_of(row: Sequence[Any]) -> Said:
    """Of a row with the COLUMNS."""
    an_id, author_id, text, warning, entities, choices, revision, visibility, hidden_at = row
    return Said(
        tweet_id=an_id,
        author_id=author_id,
        texts=tuple(map(fold_once, (text, warning, *(choices or ())))),
        links=sum(1 for kind, *_ in entities if kind == "url"),
        digest=_digest(text, entities),
        revision=revision,
        is_open=visibility in Tweet.OPEN,
        is_hidden=hidden_at is not None,
    )


def _digest(text: str, entities: Sequence[Sequence[Any]]) -> int | None:
    """Without whom it names: a wave says the same to everybody."""
    for kind, start, end, *_ in reversed(entities):
        if kind == "mention":
            text = text[:start] + text[end:]
    words = fold_once(text)
    if not words:
        return None
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big", signed=True)
