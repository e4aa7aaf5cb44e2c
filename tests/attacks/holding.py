"""What a deed holds while it goes on, as a second session of the database sees it; PostgreSQL only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

Row = tuple[str, str]  # table, primary key

# The order of docs/architecture.md; whatever is not named comes last.
_RANKS = {
    "jobs_job": 0,
    "tweets_scheduledtweet": 0,
    "accounts_user": 1,
    "tweets_tweet": 2,
    "tweets_feedblock": 3,
}
_LAST = 4
_BY_ID = {1, 2, 3}  # ranks whose rows are taken one after the other by their ids


class Order:
    """What was held, statement by statement, and in sentences all that was taken against the order."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.seen: set[Row] = set()
        self._held: set[Row] = set()

    def look(self, statement: str, held: set[Row]) -> None:
        """This is held after that statement."""
        new, still, place = held - self._held, held & self._held, f"by {statement[:300]}"
        for row in new:
            too_early = [before for before in still if not _follows(row, before)]
            self.faults += [f"{row} is held after {before}, {place}" for before in too_early]
        if sum(_rank(row) in _BY_ID for row in new) > 1 and "ORDER BY" not in statement:
            self.faults.append(f"{sorted(new)} are held in no order, {place}")
        if new and len(held) > 1 and all(_rank(row) == _LAST for row in held):
            self.faults.append(f"{sorted(held)} are held without whom they belong to, {place}")
        self._held = held
        self.seen |= held


def _rank(row: Row) -> int:
    return _RANKS.get(row[0], _LAST)


def _follows(row: Row, before: Row) -> bool:
    if _rank(row) == _rank(before) and _rank(row) in _BY_ID:
        return int(row[1]) > int(before[1])
    return _rank(row) >= _rank(before)


@contextmanager
def watched() -> Iterator[Order]:
    """Look after each statement of this session which of the rows that others see are held by it."""
    order, other = Order(), connection.copy()
    question = " UNION ALL ".join(_held_in(model._meta) for model in apps.get_models() if _has_rows(model))

    def look(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        with other.cursor() as cursor:
            cursor.execute(question)
            order.look(sql, set(cursor.fetchall()))
        return done

    try:
        with connection.execute_wrapper(look):
            yield order
    finally:
        other.close()


def _has_rows(model: Any) -> bool:
    return bool(model._meta.managed and model._base_manager.exists())


def _held_in(meta: Any) -> str:
    """What is there, but cannot be had without waiting."""
    table, key = meta.db_table, meta.pk.column
    free = f"SELECT {key} FROM {table} FOR NO KEY UPDATE SKIP LOCKED"
    return f"SELECT '{table}', {key}::text FROM {table} WHERE {key} NOT IN ({free})"
