"""Writing down what staff did."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection

from audit.deeds import Deed
from audit.models import AuditEntry

_LONGEST_NAME = 300  # characters


class Somebody(Protocol):
    """A person, as far as this floor knows people."""

    @property
    def pk(self) -> int: ...

    @property
    def handle(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Subject:
    """What a deed was done to, by number and name, for it may be gone when somebody reads of it. `person_id`
    is whom it concerns, if anybody.
    """

    kind: str
    id: int
    name: str
    person_id: int | None = None


def record(
    actor: Somebody,
    deed: Deed,
    subject: Subject,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    *,
    reason: str = "",
    undoes: AuditEntry | None = None,
) -> AuditEntry:
    """One entry, in the transaction of the deed: both happen or neither does.

    Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{deed} needs a transaction: decorate the action with @transaction.atomic.")
    return AuditEntry.objects.create(
        actor_id=actor.pk,
        actor=actor.handle,
        deed=deed,
        kind=subject.kind,
        subject_id=subject.id,
        subject=subject.name[:_LONGEST_NAME],
        person_id=subject.person_id,
        before=dict(before or {}),
        after=dict(after or {}),
        reason=reason,
        undoes=undoes,
    )
