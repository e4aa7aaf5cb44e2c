"""Pages of time-ordered ids: which stretch is asked for, and reading it newest first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Window:
    """`max_id`: older than this one. `min_id`: the stretch just above this one. `since_id`: the newest
    ones, none older than this one. The three meanings are those of Mastodon's client API.
    """

    limit: int
    max_id: int | None = None
    min_id: int | None = None
    since_id: int | None = None

    def ids(self, rows: QuerySet[Any, Any], column: str = "id") -> list[int]:
        """At most `limit` values of the column, newest first."""
        return [an_id for (an_id,) in self.rows(rows, column)]

    def rows(self, rows: QuerySet[Any, Any], column: str = "id", *more: str) -> list[tuple[Any, ...]]:
        """The same with values of other columns beside it."""
        found = list(self.stretch(rows, column).values_list(column, *more)[: self.limit])
        return found[::-1] if self.min_id is not None else found

    def stretch(self, rows: QuerySet[Any, Any], column: str = "id") -> QuerySet[Any, Any]:
        """The rows of the window, still without the limit; upwards where it begins at `min_id`."""
        if self.max_id is not None:
            rows = rows.filter(**{f"{column}__lt": self.max_id})
        if self.since_id is not None:
            rows = rows.filter(**{f"{column}__gt": self.since_id})
        if self.min_id is not None:
            return rows.filter(**{f"{column}__gt": self.min_id}).order_by(column)
        return rows.order_by(f"-{column}")


def whole_id(text: str) -> int | None:
    """An id as it stands in an address, or None when it is no id that could exist."""
    if text.isascii() and text.isdigit() and len(text) <= 19 and 0 < int(text) < 2**63:
        return int(text)
    return None
