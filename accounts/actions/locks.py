"""Holding people: what comes before holding anything else (docs/architecture.md, “One order of locks”)."""

from accounts.models import User


def lock_people(*ids: int) -> None:
    """Keep these rows from being changed until this transaction ends, so that of two who write at once the
    second sees what the first did. Always in the same order; nothing happens for ids that nobody has.
    """
    rows = User.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    list(rows.values_list("pk", flat=True))
