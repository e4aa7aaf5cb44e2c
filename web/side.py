"""The right column: who is around, and what this server is. The same for everyone, kept for a minute."""

from dataclasses import dataclass
from functools import lru_cache
from time import time

from django.contrib.auth.models import AnonymousUser

from accounts.queries import people_count, recently_active
from tweets.cards import AuthorCard, author_card
from tweets.queries import tweets_count

_KEPT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Side:
    people: tuple[AuthorCard, ...]
    people_count: int
    tweets_count: int


def side_column() -> Side:
    """Kept in the memory of each process: nobody notices a minute, and the page saves three queries."""
    return _side(int(time() // _KEPT_SECONDS))


@lru_cache(maxsize=1)
def _side(minute: int) -> Side:
    return Side(
        people=tuple(author_card(person) for person in recently_active(limit=5)),
        people_count=people_count(),
        tweets_count=tweets_count(AnonymousUser()),
    )
