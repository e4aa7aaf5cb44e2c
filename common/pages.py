"""Pages of time-ordered rows whose SQL is written once (see common/prepared and common/paging)."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from common.paging import Window
from common.prepared import Prepared, Values

_SHAPES_KEPT = 200  # limits, and ways to go, of one query


class PreparedPages:
    """`build` makes a queryset out of values, as for `Prepared`; `ids` reads a window of it."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._prepared = lru_cache(maxsize=_SHAPES_KEPT)(self._prepare)

    def ids(self, window: Window, **values: Values) -> list[int]:
        """At most `limit` ids, newest first. One query."""
        prepared = self._prepared(window.limit)
        asked = {"max_id": window.max_id, "since_id": window.since_id, "min_id": window.min_id}
        ids = [an_id for (an_id,) in prepared.rows(**asked, **values)]
        return ids[::-1] if window.min_id is not None else ids

    def _prepare(self, limit: int) -> Prepared:
        def page(
            max_id: int | None, since_id: int | None, min_id: int | None, **values: Values
        ) -> QuerySet[Any, Any]:
            window = Window(limit, max_id, min_id, since_id)
            return window.stretch(self._build(**values)).values_list("id")[:limit]

        return Prepared(page)
