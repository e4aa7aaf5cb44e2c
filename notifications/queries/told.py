"""Notifications as apps read them: each row by itself, or several of a kind as a group; by windows of ids."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

from django.db.models import Count, Exists, F, Max, Min, OuterRef, QuerySet
from django.db.models import Window as Over
from django.db.models.functions import RowNumber
from django.utils import timezone

from accounts.models import User
from common.errors import NotFound
from common.paging import Window
from common.prepared import Prepared
from notifications.models import Notification, NotificationQuerySet

SAMPLES = 8  # people of a group that are named


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which notifications: of these kinds, by that person or by all, what waits in the request box, too."""

    kinds: Sequence[str]
    actor_id: int | None = None
    with_waiting: bool = False
    bundle: str = ""  # those told together as this alone


class Told(NamedTuple):
    """The columns of one notification."""

    id: int
    kind: str
    actor_id: int
    tweet_id: int | None
    bundle: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows told together: ids of the newest and of the oldest, how many they are, and who did it last."""

    newest: Told
    oldest_id: int
    number: int
    actor_ids: tuple[int, ...]


class RequestRow(NamedTuple):
    """What waits of one person: ids of the newest and the oldest, the newest tweet, how many."""

    newest_id: int
    actor_id: int
    oldest_id: int
    tweet_id: int | None
    number: int


def told_page(recipient: User, wanted: Wanted, window: Window) -> list[Told]:
    """Single notifications, newest first. One query."""
    if not wanted.kinds:
        return []
    rows = _page(window.limit, wanted.with_waiting).rows(
        recipient_id=recipient.pk,
        moment=timezone.now(),
        kinds=list(wanted.kinds),
        actor_id=wanted.actor_id,
        bundle=wanted.bundle or None,
        max_id=window.max_id,
        min_id=window.min_id,
        since_id=window.since_id,
    )
    return [Told._make(row) for row in (rows if window.min_id is None else reversed(rows))]


def told_by_id(recipient: User, notification_id: int, wanted: Wanted) -> Told:
    """One of them. Raises NotFound for what is not told to this person, or cannot be shown any more."""
    found = _rows(recipient, wanted).filter(pk=notification_id).values_list(*Told._fields).first()
    if found is None:
        raise NotFound("This notification does not exist.")
    return Told._make(found)


def groups_page(recipient: User, wanted: Wanted, window: Window, grouped_kinds: Sequence[str]) -> list[Group]:
    """Groups whose newest row lies in the window, newest first; kinds that are not grouped stand alone.

    Two queries.
    """
    rows = _rows(recipient, wanted)
    heads = [Told._make(row) for row in window.rows(_heads(rows, grouped_kinds), *Told._fields)]
    members = _members(rows, [head.bundle for head in heads if head.kind in grouped_kinds])
    return [members.get(head.bundle) or Group(head, head.id, 1, (head.actor_id,)) for head in heads]


def group_by_bundle(recipient: User, bundle: str, wanted: Wanted) -> Group:
    """One group. Raises NotFound where there is none."""
    found = _members(_rows(recipient, wanted), [bundle]).get(bundle)
    if found is None:
        raise NotFound("This group of notifications does not exist.")
    return found


def unread_rows_count(recipient: User, wanted: Wanted, most: int) -> int:
    """How many wait to be read; `most` if there are more."""
    return _rows(recipient, wanted).unread()[:most].count()


def unread_groups_count(recipient: User, wanted: Wanted, most: int, grouped_kinds: Sequence[str]) -> int:
    """How many groups have something unread; `most` if there are more."""
    return _heads(_rows(recipient, wanted).unread(), grouped_kinds)[:most].count()


def requests_page(recipient: User, window: Window) -> list[RequestRow]:
    """The people of whom something waits, the latest first; the window is one of newest ids. Two queries."""
    waiting = Notification.objects.waiting_for(recipient).values("actor_id")
    people = waiting.annotate(newest=Max("id"), oldest=Min("id"), number=Count("id"))
    found = window.rows(people, "newest", "actor_id", "oldest", "number")
    tweets = dict(
        Notification.objects.filter(pk__in=[newest for newest, *_ in found]).values_list("pk", "tweet_id")
    )
    return [
        RequestRow(newest, actor, oldest, tweets.get(newest), number)
        for newest, actor, oldest, number in found
    ]


def request_of(recipient: User, actor_id: int) -> RequestRow:
    """What waits of one person. Raises NotFound where nothing does."""
    rows = Notification.objects.waiting_for(recipient).filter(actor_id=actor_id)
    found = rows.order_by("-id").values_list("id", "tweet_id").first()
    if found is None:
        raise NotFound("Nothing waits of this person.")
    counted = rows.aggregate(number=Count("id"), oldest=Min("id"))
    return RequestRow(found[0], actor_id, counted["oldest"], found[1], counted["number"])


def waiting_of(recipient: User, ids: Iterable[int]) -> list[int]:
    """Of whom of these people something waits. One query."""
    rows = Notification.objects.waiting_for(recipient).filter(actor_id__in=list(ids))
    return list(rows.values_list("actor_id", flat=True).distinct())


def waiting_count(recipient: User) -> int:
    """How many notifications wait in the request box."""
    return Notification.objects.waiting_for(recipient).count()


@cache
def _page(limit: int, with_waiting: bool) -> Prepared:
    """Pages of so many."""

    def page(
        recipient_id: int,
        moment: datetime,
        kinds: list[str],
        actor_id: int | None,
        bundle: str | None,
        max_id: int | None,
        min_id: int | None,
        since_id: int | None,
    ) -> QuerySet[Notification, tuple[Any, ...]]:
        recipient = cast(User, SimpleNamespace(pk=recipient_id))  # the rules want to know no more
        wanted = Wanted(kinds, actor_id, with_waiting, bundle or "")
        window = Window(limit, max_id, min_id, since_id)
        return window.stretch(_rows(recipient, wanted, moment)).values_list(*Told._fields)[:limit]

    return Prepared(page)


def _rows(recipient: User, wanted: Wanted, moment: datetime | None = None) -> NotificationQuerySet:
    there = Notification.objects
    rows = there.concerning(recipient, moment) if wanted.with_waiting else there.shown_to(recipient, moment)
    if wanted.actor_id is not None:
        rows = rows.filter(actor_id=wanted.actor_id)
    if wanted.bundle:
        rows = rows.filter(bundle=wanted.bundle)
    return rows.filter(kind__in=wanted.kinds)


def _heads(rows: NotificationQuerySet, grouped_kinds: Sequence[str]) -> NotificationQuerySet:
    newer = rows.filter(bundle=OuterRef("bundle"), id__gt=OuterRef("id"), kind__in=list(grouped_kinds))
    return rows.filter(~Exists(newer))


def _members(rows: NotificationQuerySet, bundles: list[str]) -> dict[str, Group]:
    """Each of these bundles as a group."""
    found: dict[str, list[tuple[Told, int, int]]] = {}
    for *columns, number, oldest in _numbered(rows, bundles) if bundles else ():
        told = Told._make(columns)
        found.setdefault(told.bundle, []).append((told, number, oldest))
    return {
        bundle: Group(
            newest=several[0][0],
            oldest_id=several[0][2],
            number=several[0][1],
            actor_ids=tuple(told.actor_id for told, _, _ in several),
        )
        for bundle, several in found.items()
    }


def _numbered(rows: NotificationQuerySet, bundles: list[str]) -> QuerySet[Notification, tuple[Any, ...]]:
    same = F("bundle")
    numbered = rows.filter(bundle__in=bundles).annotate(
        number=Over(Count("id"), partition_by=same),
        oldest=Over(Min("id"), partition_by=same),
        place=Over(RowNumber(), partition_by=same, order_by="-id"),
    )
    few = numbered.filter(place__lte=SAMPLES).order_by("-id")
    return few.values_list(*Told._fields, "number", "oldest")
