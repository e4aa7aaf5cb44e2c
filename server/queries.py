"""What the server says of itself, as its pages ask for it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from common.errors import NotFound
from common.prepared import Prepared
from server.models import Announcement, AnnouncementQuerySet, Checkup, Dismissal, Document, Reaction, Rule


class Reacted(NamedTuple):
    """An emoji under an announcement: of how many people, and whether the one who looks is among them."""

    name: str
    number: int
    is_mine: bool


class Told(NamedTuple):
    """An announcement as one person sees it."""

    id: int
    html: str
    ends_at: datetime | None
    changed_at: datetime
    is_read: bool
    reactions: tuple[Reacted, ...] = ()  # the first emoji first


def rules() -> list[Rule]:
    """The rules in force, in their order. One query."""
    return list(Rule.objects.in_force())


def all_rules() -> list[Rule]:
    """Those in force first, in their order, then the withdrawn. One query."""
    return sorted(Rule.objects.order_by("position", "pk"), key=lambda rule: rule.withdrawn_at is not None)


def rule_by_id(rule_id: int) -> Rule:
    """Raises NotFound."""
    rule = Rule.objects.filter(pk=rule_id).first()
    if rule is None:
        raise NotFound("This rule does not exist.")
    return rule


def document(kind: str, on: date | None = None) -> Document | None:
    """What holds now, or held at the end of that day (UTC); None where nothing was written. One query."""
    rows = Document.objects.filter(kind=kind).order_by("-published_at")
    if on is not None:
        end = datetime.combine(on, time.min, timezone.now().tzinfo) + timedelta(days=1)
        rows = rows.filter(published_at__lt=end)
    return rows.first()


def versions(kind: str) -> list[Document]:
    """All versions without their words, the latest first. One query."""
    return list(Document.objects.filter(kind=kind).defer("text", "html").order_by("-published_at"))


def version_after(found: Document) -> Document | None:
    """The one that took its place. One query."""
    later = Document.objects.filter(kind=found.kind, published_at__gt=found.published_at)
    return later.order_by("published_at").first()


def last_checkup() -> Checkup | None:
    """What the doctor found last. One query."""
    return Checkup.objects.select_related("made_by").order_by("-id").first()


def announcements() -> AnnouncementQuerySet:
    """All, the latest first."""
    return Announcement.objects.order_by("-id")


def announcement_by_id(announcement_id: int) -> Announcement:
    """Raises NotFound."""
    found = Announcement.objects.filter(pk=announcement_id).first()
    if found is None:
        raise NotFound("This announcement does not exist.")
    return found


def current_announcements(person: User, *, with_read: bool = False) -> list[Told]:
    """What is announced to the person now, the latest first, without reactions. One query, whose SQL is
    written once.
    """
    rows = [Told(*row) for row in _CURRENT.rows(person_id=person.pk, now=timezone.now())]
    return [told for told in rows if with_read or not told.is_read]


def with_reactions(shown: Sequence[Told], person: User) -> list[Told]:
    """The same with the reactions, as the person sees them. Two queries, none for nothing."""
    if not shown:
        return []
    ids = [told.id for told in shown]
    counted = _counted(ids)
    mine = _mine(ids, [person.pk])
    return [
        told._replace(reactions=_reacted(counted.get(told.id, {}), mine.get((told.id, person.pk), ())))
        for told in shown
    ]


def announced_to(announcement_id: int, people_ids: Collection[int]) -> dict[int, Told]:
    """It as each of these people sees it; for nobody once it has ended. Four queries."""
    row = Announcement.objects.current(timezone.now()).filter(pk=announcement_id).first()
    if row is None:
        return {}
    dismissed = Dismissal.objects.filter(announcement=row, person_id__in=list(people_ids))
    read = set(dismissed.values_list("person_id", flat=True))
    counted = _counted([row.pk]).get(row.pk, {})
    mine = _mine([row.pk], people_ids) if counted else {}
    return {
        person_id: Told(
            *(row.pk, row.html, row.ends_at, row.changed_at, person_id in read),
            reactions=_reacted(counted, mine.get((row.pk, person_id), ())),
        )
        for person_id in people_ids
    }


def reactions_count(announcement_id: int, name: str) -> int | None:
    """How many people put that emoji there; None for what is not announced now. One query."""
    rows = Announcement.objects.current(timezone.now()).filter(pk=announcement_id)
    found = rows.annotate(number=Count("reactions", filter=Q(reactions__name=name)))
    return found.values_list("number", flat=True).first()


def unread(person: User, now: datetime) -> QuerySet[Announcement]:
    """What is announced now and the person has not put away."""
    return Announcement.objects.current(now).filter(~_read_by(person.pk)).order_by()


def _read_by(person_id: int) -> Exists:
    return Exists(Dismissal.objects.filter(announcement=OuterRef("pk"), person_id=person_id))


def _counted(announcement_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """How many people put which emoji under each, the first emoji first. One query."""
    found: dict[int, dict[str, int]] = {}
    rows = Reaction.objects.filter(announcement_id__in=announcement_ids)
    groups = rows.values_list("announcement_id", "name").annotate(Count("id"), first=Min("id"))
    for announcement_id, name, number, _ in groups.order_by("first"):
        found.setdefault(announcement_id, {})[name] = number
    return found


def _mine(announcement_ids: Collection[int], people_ids: Collection[int]) -> dict[tuple[int, int], set[str]]:
    """What each of these people put under each. One query."""
    found: dict[tuple[int, int], set[str]] = {}
    rows = Reaction.objects.filter(announcement_id__in=announcement_ids, person_id__in=list(people_ids))
    for announcement_id, person_id, name in rows.values_list("announcement_id", "person_id", "name"):
        found.setdefault((announcement_id, person_id), set()).add(name)
    return found


def _reacted(counted: Mapping[str, int], mine: Collection[str]) -> tuple[Reacted, ...]:
    return tuple(Reacted(name, number, name in mine) for name, number in counted.items())


def _current(person_id: int, now: datetime) -> QuerySet[Announcement, tuple[object, ...]]:
    rows = Announcement.objects.current(now).annotate(is_read=_read_by(person_id))
    return rows.values_list(*Told._fields[:-1])  # reactions are counted apart


_CURRENT = Prepared(_current)  # each visit of Home asks
