"""Taking many old rows away while the site is in use."""

from typing import Any

from django.db.models import QuerySet

_BATCH = 500  # rows in one short transaction, so that on SQLite other writers get their turn


def sweep(rows: "QuerySet[Any, Any]", *, dry_run: bool = False, batch: int = _BATCH) -> int:
    """Delete these rows with all that hangs on them, some at a time. Returns how many of them went; with
    `dry_run` nothing happens, and it returns how many would.

    It may be cut off at any instant and goes on the next time.
    """
    if dry_run:
        return rows.order_by().count()
    gone = 0
    while ids := list(rows.order_by().values_list("pk", flat=True)[:batch]):
        _, deleted = rows.filter(pk__in=ids).delete()  # asked once more: one may have come into use
        gone += deleted.get(rows.model._meta.label, 0)
    return gone
