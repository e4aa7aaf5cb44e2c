"""Reading notifications: bundled, in three queries however many there are, and what the badge counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, Max, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from accounts.models import User
from notifications.models import Notification, NotificationPolicy, NotificationQuerySet

FACES = 6  # people of a bundle that are shown


@dataclass(frozen=True, slots=True)
class Request:
    """What waits of one person: `number` of notifications, `id` of the newest."""

    id: int
    person: User
    number: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """Rows told together, newest first: `id` of the newest, up to FACES `actors`, `number` of all people."""

    id: int
    kind: str
    tweet_id: int | None
    is_unread: bool
    actors: tuple[User, ...]
    number: int

    @property
    def others(self) -> int:
        """How many people the line does not name."""
        return self.number - len(self.named)

    @property
    def named(self) -> tuple[User, ...]:
        """One, two, or the first two of many."""
        return self.actors[:2]


def bundles_for(
    recipient: User,
    *,
    kinds: Sequence[str] = (),
    before: int | None = None,
    limit: int,
    waiting_of: User | None = None,
) -> list[Bundle]:
    """The newest bundles of these kinds, or of all, whose newest row is older than `before`. Two queries.

    With `waiting_of` what waits of that person in the request box.
    """
    shown = _rows(recipient, waiting_of)
    rows = shown.filter(kind__in=kinds) if kinds else shown
    same = shown.filter(bundle=OuterRef("bundle"), id__gt=OuterRef("id"))
    heads = rows.filter(~Exists(same))
    if before is not None:
        heads = heads.filter(id__lt=before)
    found = list(heads.order_by("-id")[:limit])
    members = _members(shown, [head.bundle for head in found])
    return [
        Bundle(
            id=head.id,
            kind=head.kind,
            tweet_id=head.tweet_id,
            is_unread=head.read_at is None,
            actors=tuple(row.actor for row in members[head.bundle]),
            number=members[head.bundle][0].number,  # type: ignore[attr-defined]  # annotated
        )
        for head in found
        if head.bundle in members  # taken back in this very moment
    ]


def requests_for(recipient: User, *, before: int | None = None, limit: int) -> list[Request]:
    """The people of whom something waits, the latest first. Two queries."""
    waiting = Notification.objects.waiting_for(recipient).values("actor_id")
    people = waiting.annotate(number=Count("id"), newest=Max("id")).order_by("-newest")
    if before is not None:
        people = people.filter(newest__lt=before)
    found = list(people[:limit])
    known = User.objects.in_bulk([row["actor_id"] for row in found])
    rows = ((row["newest"], known.get(row["actor_id"]), row["number"]) for row in found)
    return [Request(newest, person, number) for newest, person, number in rows if person is not None]


def requests_count(recipient: User) -> int:
    """Of how many people something waits. One query."""
    return Notification.objects.waiting_for(recipient).values("actor_id").distinct().count()


def policy_of(person: User) -> NotificationPolicy:
    """What the person wishes about strangers; the usual, unsaved, where they said nothing."""
    return NotificationPolicy.objects.filter(pk=person.pk).first() or NotificationPolicy(owner=person)


def unread(recipient: User, moment: datetime | None = None) -> NotificationQuerySet:
    """What waits to be read, beside messages."""
    return Notification.objects.shown_to(recipient, moment).but_messages().unread()


def _rows(recipient: User, waiting_of: User | None) -> NotificationQuerySet:
    if waiting_of is None:
        return Notification.objects.shown_to(recipient).but_messages()
    return Notification.objects.waiting_for(recipient).filter(actor=waiting_of)


def _members(shown: NotificationQuerySet, bundles: list[str]) -> dict[str, list[Notification]]:
    """The newest FACES rows of each bundle, each with the `number` of all."""
    found: dict[str, list[Notification]] = {}
    if bundles:
        for row in _numbered(shown, bundles).order_by("-id"):
            found.setdefault(row.bundle, []).append(row)
    return found


def _numbered(shown: NotificationQuerySet, bundles: list[str]) -> QuerySet[Notification]:
    rows = shown.filter(bundle__in=bundles).select_related("actor")
    same = F("bundle")
    return rows.annotate(
        number=Window(Count("id"), partition_by=same),
        place=Window(RowNumber(), partition_by=same, order_by="-id"),
    ).filter(place__lte=FACES)
