"""People in lists: each with the button that stands between them and the reader, and pages of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User
from common.paging import whole_id
from relationships.queries import Relation, relation_map


@dataclass(frozen=True, slots=True)
class PersonRow:
    """`button` says what the button does: follow, back, requested, following, unblock, visitor; "" for none.

    `place` tells buttons of the same person apart: list, side, profile. `marked` holds finished HTML of the
    name, handle and bio, where words of them were looked for. `reason` says why the person stands here.
    """

    person: User
    relation: Relation
    button: str
    place: str
    marked: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""

    @property
    def is_pressed(self) -> bool:
        return self.button in ("following", "requested")


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """`next_url` is what endless reading loads and, as a whole page, where a plain link leads."""

    rows: list[PersonRow]
    next_url: str
    is_first: bool

    @property
    def is_empty(self) -> bool:
        return not self.rows


def people_page(request: HttpRequest, rows: QuerySet[Any, Any], whom: str) -> PeoplePage:
    """Rows that point at people (`whom` names the field, loaded with them), the latest first.

    `?cursor=ID` shows those before that row. Six queries whatever the page holds, one for visitors.
    """
    size = settings.PEOPLE_PAGE_SIZE
    cursor = whole_id(request.GET.get("cursor", ""))
    if cursor is not None:
        rows = rows.filter(id__lt=cursor)
    found = list(rows.order_by("-id")[: size + 1])
    shown = found[:size]
    next_url = f"{request.path}?{urlencode({'cursor': shown[-1].id})}" if len(found) > size else ""
    people = [getattr(row, whom) for row in shown]
    return PeoplePage(person_rows(request.user, people), next_url, is_first=cursor is None)


def person_rows(viewer: User | AnonymousUser, people: Iterable[User], place: str = "list") -> list[PersonRow]:
    """The people with their buttons; five queries for somebody signed in."""
    people = list(people)
    relations = relation_map(viewer, [person.id for person in people]) if viewer.pk else {}
    return [person_row(viewer, person, relations.get(person.id, Relation()), place) for person in people]


def person_row(
    viewer: User | AnonymousUser, person: User, relation: Relation, place: str = "list"
) -> PersonRow:
    return PersonRow(person, relation, _button(viewer, person, relation), place)


def _button(viewer: User | AnonymousUser, person: User, relation: Relation) -> str:
    if viewer.pk is None:
        return "visitor" if person.is_active else ""
    if viewer.pk == person.pk:
        return ""
    if relation.blocks:
        return "unblock"
    if relation.follows:
        return "following"
    if relation.asked:
        return "requested"
    if relation.blocked_by or not viewer.may_write or not person.is_active:
        return ""
    return "back" if relation.followed_by else "follow"
