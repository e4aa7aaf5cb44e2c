"""Writing down what staff did."""

from collections.abc import Mapping
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


def record(
    actor: Somebody,
    deed: Deed,
    *,
    kind: str,
    subject_id: int,
    subject: str,
    person_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
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
        kind=kind,
        subject_id=subject_id,
        subject=subject[:_LONGEST_NAME],
        person_id=person_id,
        before=dict(before or {}),
        after=dict(after or {}),
        reason=reason,
        undoes=undoes,
    )
