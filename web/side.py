"""The right column: what is talked about, who is around, and what this server is.

Looked up once a minute for everyone, and whenever it may have changed (common/revision). Whom one could
follow there is remembered in the session, so that no page pays for the question.
"""

from dataclasses import dataclass
from functools import lru_cache
from time import time

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest

from accounts.models import User
from accounts.queries import people_count, recently_active
from analytics.queries import TrendingTag, trending_tags
from common import revision
from common.replicas.routing import read_alias
from timelines.queries import people_to_meet
from tweets.queries import tweets_count

_KEPT_SECONDS = 60
# Without a sign, and where a replica was read, which may not have heard of it yet: so long may somebody stand
# there who was suspended, limited or left.
_KEPT_SECONDS_UNSURE = 5
_AROUND = 40  # people looked up, of whom a reader sees a few
_SHOWN, _SHOWN_TO_FOLLOW = 5, 3
_STRANGERS = "strangers"  # in the session: ids of people the reader stands in no relation to


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A person as the column shows them: a value, so that what was drawn can be kept."""

    id: int
    shown_name: str
    handle: str
    full_handle: str
    path: str
    avatar_url: str
    is_locked: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A row with the button to follow, as `web.people.PersonRow` has it."""

    person: Neighbour
    button: str = "follow"
    place: str = "side"
    is_pressed: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    trends: tuple[TrendingTag, ...]
    people: tuple[Neighbour, ...]
    people_count: int
    tweets_count: int

    @property
    def lately(self) -> tuple[Neighbour, ...]:
        return self.people[:_SHOWN]

    def to_follow(self, strangers: list[int]) -> tuple[Suggestion, ...]:
        """Those who are around now and whom the reader does not know yet."""
        unknown = [Suggestion(person) for person in self.people if person.id in strangers]
        return tuple(unknown[:_SHOWN_TO_FOLLOW])


def side_column() -> Side:
    """Kept in the memory of each process. Numbers and who is around may be a minute old; who was suspended,
    and a tag that staff hid, are gone at once.
    """
    sign = revision.current(revision.OFFERED)
    is_sure = sign is not None and read_alias() == DEFAULT_DB_ALIAS
    seconds = _KEPT_SECONDS if is_sure else _KEPT_SECONDS_UNSURE
    return _side(sign, int(time() // seconds), seconds)


def forget_side() -> None:
    """Look around anew for the next page of this process."""
    _side.cache_clear()
    _counts.cache_clear()


def strangers_of(request: HttpRequest) -> list[int]:
    """Ids of people whom the reader could follow, as far as the session knows; no query of its own."""
    user = request.user
    return request.session.get(_STRANGERS, []) if isinstance(user, User) and user.may_write else []


def note_strangers(request: HttpRequest, viewer: User) -> None:
    """Ask anew whom the reader could follow. One query."""
    request.session[_STRANGERS] = [person.id for person in people_to_meet(viewer, _AROUND)]


def no_stranger_any_more(request: HttpRequest, person: User) -> None:
    """The reader followed, muted or blocked that person."""
    known = request.session.get(_STRANGERS, [])
    if person.id in known:
        request.session[_STRANGERS] = [an_id for an_id in known if an_id != person.id]


@lru_cache(maxsize=2)  # for readers of the primary, and for those of replicas
def _side(_sign: str | None, moment: int, seconds: int) -> Side:
    people, tweets = _counts(moment * seconds // _KEPT_SECONDS)
    return Side(
        trends=tuple(trending_tags()[: settings.TRENDS_SHOWN]),
        people=tuple(_neighbour(person) for person in recently_active(limit=_AROUND)),
        people_count=people,
        tweets_count=tweets,
    )


@lru_cache(maxsize=1)
def _counts(_moment: int) -> tuple[int, int]:
    """People and tweets: a minute old, because counting takes longer the more there are."""
    return people_count(), tweets_count(AnonymousUser())


def _neighbour(person: User) -> Neighbour:
    return Neighbour(
        id=person.id,
        shown_name=person.shown_name,
        handle=person.handle,
        full_handle=person.full_handle,
        path=person.path,
        avatar_url=person.avatar_url,
        is_locked=person.is_locked,
    )
