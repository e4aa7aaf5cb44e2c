"""What is found: tweets, people and tags. Whatever a person may not read is never part of an answer."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q

from accounts.models import User, UserQuerySet
from accounts.queries import reachable_named
from common.ids import id_at, moment_of
from common.paging import Window
from relationships.models import Block
from search.engines import Clause, find_ids
from search.marks import NOTHING, mark
from search.query_language import NAMES, Condition, Question
from search.words import fold
from tweets.models import Tweet, TweetQuerySet
from tweets.queries import tags_beginning

Viewer = User | AnonymousUser

_ROUNDS = (1, 4, 16)  # times a page: how many more are looked at while too few of them may be read
_POINTS_HALVE_AFTER = timedelta(days=3)


class Asked:
    """A question with its names looked up: what the engine is asked. One query, none without names."""

    def __init__(self, question: Question) -> None:
        self.problems = list(question.problems)
        people = _people_named(question.conditions)
        self._clauses = [self._clause(condition, people) for condition in question.conditions]
        self._since = id_at(_midnight(question.after + timedelta(days=1))) - 1 if question.after else None
        self._until = id_at(_midnight(question.before)) if question.before else None

    def ids(self, window: Window) -> list[int]:
        """Ids of matching tweets, newest first, whoever may read them. One query."""
        older_than = [an_id for an_id in (window.max_id, self._until) if an_id is not None]
        newer_than = [an_id for an_id in (window.since_id, self._since) if an_id is not None]
        wanted = Window(
            limit=window.limit,
            max_id=min(older_than, default=None),
            since_id=max(newer_than, default=None),
            min_id=window.min_id,
        )
        return find_ids("tweet", self._clauses, wanted)

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


def latest(asked: Asked, viewer: Viewer, window: Window) -> list[int]:
    """Ids of matching tweets the viewer may read, newest first.

    Two queries, while most of what matches may be read; six at most, after which a page may be short.
    """
    found: list[int] = []
    for times in _ROUNDS:
        part = Window(window.limit * times, window.max_id, window.min_id, window.since_id)
        ids = asked.ids(part)
        readable = set(_findable(viewer).filter(pk__in=ids).values_list("pk", flat=True))
        found += [an_id for an_id in ids if an_id in readable]
        if len(found) >= window.limit or len(ids) < part.limit or window.min_id is not None:
            break
        window = Window(window.limit, max_id=ids[-1], since_id=window.since_id)
    return found[-window.limit :] if window.min_id is not None else found[: window.limit]


def top(asked: Asked, viewer: Viewer, *, newest_id: int | None = None) -> list[int]:
    """Ids of the SEARCH_RANKED newest matching tweets, the liveliest first. Two queries.

    `newest_id` keeps the order still while somebody turns pages: nothing newer comes in.
    """
    upper = newest_id + 1 if newest_id is not None else None
    ids = asked.ids(Window(settings.SEARCH_RANKED, max_id=upper))
    rows = _findable(viewer).filter(pk__in=ids)
    counts = rows.values_list("pk", "likes_count", "retweets_count", "quotes_count", "replies_count")
    now = moment_of(max(ids)) if ids else None
    score: Callable[[tuple[int, ...]], float] = lambda row: _points(row, now)  # noqa: E731
    return [row[0] for row in sorted(counts, key=lambda row: (score(row), row[0]), reverse=True)]


def people_found(question: Question, viewer: Viewer) -> list[User]:
    """The most followed of those whose names or bio have words that begin like these. Two queries."""
    clauses = [Clause((*row[:-1], f"{row[-1].rstrip('*')}*")) for row in question.rows] + [
        Clause((f"{fold(it.value)}*",)) for it in question.conditions if it.kind in NAMES and fold(it.value)
    ]
    if not clauses:
        return []
    ids = find_ids("person", clauses, Window(settings.SEARCH_RANKED))
    return list(_people(viewer).filter(pk__in=ids).order_by("-followers_count", "-id"))


def tags_found(question: Question, limit: int) -> list[str]:
    """Tags in public use that begin like the first word, the shortest first. Two queries."""
    first = next(
        (it for it in question.conditions if it.kind in ("words", "tag") and not it.is_negated), None
    )
    names = tags_beginning(first.value) if first else {}
    return sorted(names, key=lambda name: (len(name), name))[:limit]


def _findable(viewer: Viewer) -> TweetQuerySet:
    """Readable, of people who agreed to be found or oneself, and of nobody the viewer mutes."""
    agreed = Q(author__is_findable=True) | Q(author_id=viewer.pk)
    return Tweet.objects.visible_to(viewer).unmuted_by(viewer).filter(agreed)


def _people(viewer: Viewer) -> UserQuerySet:
    """Those others can see, on this side of every block."""
    if viewer.pk is None:
        return User.objects.reachable()
    person = OuterRef("pk")
    blocks = Q(blocker=person, blocked_id=viewer.pk) | Q(blocker_id=viewer.pk, blocked=person)
    return User.objects.reachable().exclude(Exists(Block.objects.filter(blocks)))


def _people_named(conditions: Iterable[Condition]) -> dict[str, int]:
    names = {condition.value for condition in conditions if condition.kind in NAMES}
    return {person.username.lower(): person.pk for person in reachable_named(names)}


def _points(row: tuple[int, ...], now: datetime | None) -> float:
    _, likes, retweets, quotes, replies = row
    age = (now - moment_of(row[0])) / _POINTS_HALVE_AFTER if now else 0.0
    return float((1 + likes + 2 * (retweets + quotes) + replies) * 0.5**age)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
