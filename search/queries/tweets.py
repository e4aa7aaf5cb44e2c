"""Which tweets are found. Whatever a person may not read is never part of an answer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.queries import reachable_named
from common.ids import id_at, moment_of
from common.paging import Window
from common.prepared import Prepared
from search.engines import Clause
from search.marks import NOTHING, mark
from search.query_language import NAMES, Condition, Question
from search.stretches import Looked, look
from tweets.models import Tweet

Viewer = User | AnonymousUser
Row = tuple[Any, ...]

_SPARE = 10  # more than a page are looked at, for some of them may not be read
_ROUNDS = (1, 4, 16)  # times as many, while too few of them may be read
_POINTS_HALVE_AFTER = timedelta(days=3)


class Asked:
    """A question with its names looked up: what the engine is asked. One query, none without names."""

    def __init__(self, question: Question) -> None:
        self.problems = list(question.problems)
        people = _people_named(question.conditions)
        self._clauses = [self._clause(condition, people) for condition in question.conditions]
        self._since = id_at(_midnight(question.after + timedelta(days=1))) - 1 if question.after else None
        self._until = id_at(_midnight(question.before)) if question.before else None

    def look(self, window: Window) -> Looked:
        """Ids of matching tweets, newest first, whoever may read them."""
        older_than = [an_id for an_id in (window.max_id, self._until) if an_id is not None]
        newer_than = [an_id for an_id in (window.since_id, self._since) if an_id is not None]
        wanted = Window(
            limit=window.limit,
            max_id=min(older_than, default=None),
            since_id=max(newer_than, default=None),
            min_id=window.min_id,
        )
        return look(self._clauses, wanted)

    def _clause(self, condition: Condition, people: dict[str, int]) -> Clause:
        if condition.kind == "words":
            return Clause(condition.words, condition.is_negated)
        if condition.kind not in NAMES:
            return Clause((mark(condition.kind, condition.value),), condition.is_negated)
        person_id = people.get(condition.value)
        if person_id is None:
            self.problems.append(f"Nobody here is called @{condition.value}.")
            return Clause((NOTHING,), condition.is_negated)
        return Clause((mark(condition.kind, person_id),), condition.is_negated)


@dataclass(frozen=True, slots=True)
class Part:
    """Ids of tweets the viewer may read, newest first. `goes_on` is the id behind which there may be more,
    in the direction that was asked for; None at the end.
    """

    ids: list[int]
    goes_on: int | None = None


def latest(asked: Asked, viewer: Viewer, window: Window) -> Part:
    """The page of matching tweets: full, or short where few of very many may be read; it leads on then."""
    is_upwards = window.min_id is not None
    found: list[int] = []
    for times in _ROUNDS:
        part = Window((window.limit + _SPARE) * times, window.max_id, window.min_id, window.since_id)
        looked = asked.look(part)
        readable = _readable(looked.ids, viewer)
        ids = [an_id for an_id in looked.ids if an_id in readable]
        found = [*ids, *found] if is_upwards else [*found, *ids]
        if len(found) > window.limit:
            kept = found[-window.limit :] if is_upwards else found[: window.limit]
            return Part(kept, kept[0] if is_upwards else kept[-1])
        if looked.down_to is not None:
            return Part(found, looked.down_to)
        if len(looked.ids) < part.limit:
            return Part(found)
        last = looked.ids[0 if is_upwards else -1]
        window = replace(window, **{"min_id" if is_upwards else "max_id": last})
    return Part(found, last)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Ids in the order of liveliness; what is newer or older than the ends was not looked at."""

    ids: list[int]
    newest_id: int | None = None
    oldest_id: int | None = None


def top(
    asked: Asked, viewer: Viewer, *, newest_id: int | None = None, oldest_id: int | None = None
) -> Ranked:
    """The SEARCH_RANKED newest matching tweets, the liveliest first.

    The ends keep the order still while somebody turns pages: nothing newer comes in, nor anything older that
    was not looked at before for want of time.
    """
    upper = newest_id + 1 if newest_id is not None else None
    lower = oldest_id - 1 if oldest_id is not None else None
    ids = asked.look(Window(settings.SEARCH_RANKED, max_id=upper, since_id=lower)).ids
    now = moment_of(ids[0]) if ids else None
    score: Callable[[Row], float] = lambda row: _points(row, now)  # noqa: E731
    rows = sorted(_rows(ids, viewer), key=lambda row: (score(row), row[0]), reverse=True)
    return Ranked([row[0] for row in rows], max(ids, default=None), min(ids, default=None))


def _findable(viewer_id: int | None, ids: Sequence[int], now: datetime | None) -> QuerySet[Tweet, Row]:
    """Readable, of people who agreed to be found or oneself, and of nobody the viewer mutes."""
    viewer = AnonymousUser() if viewer_id is None else cast(User, SimpleNamespace(pk=viewer_id))
    agreed = Q(author__is_findable=True) | Q(author_id=viewer_id)
    rows = Tweet.objects.visible_to(viewer).offered_to(viewer, now).filter(agreed, pk__in=ids)
    return rows.values_list("pk", "likes_count", "retweets_count", "quotes_count", "replies_count")


_FINDABLE = Prepared(_findable)


def _rows(ids: list[int], viewer: Viewer) -> list[Row]:
    """One query, none for no ids."""
    now = timezone.now() if viewer.pk else None  # only mutes ask for it
    return _FINDABLE.rows(viewer_id=viewer.pk, ids=ids, now=now) if ids else []


def _readable(ids: list[int], viewer: Viewer) -> set[int]:
    return {row[0] for row in _rows(ids, viewer)}


def _people_named(conditions: Iterable[Condition]) -> dict[str, int]:
    names = {condition.value for condition in conditions if condition.kind in NAMES}
    return {person.username.lower(): person.pk for person in reachable_named(names)}


def _points(row: tuple[int, ...], now: datetime | None) -> float:
    _, likes, retweets, quotes, replies = row
    age = (now - moment_of(row[0])) / _POINTS_HALVE_AFTER if now else 0.0
    return float((1 + likes + 2 * (retweets + quotes) + replies) * 0.5**age)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
