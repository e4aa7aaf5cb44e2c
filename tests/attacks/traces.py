"""What requests change in the database: looked up only where something was written, tables being many."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

_WRITING = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


class Traces:
    """All rows of these tables as they were looked at last."""

    def __init__(self, but: set[str]) -> None:
        models = [model for model in apps.get_models() if model.__name__ not in but]
        self._models = {model._meta.db_table: model for model in models}
        self._rows = {table: self._read(table) for table in self._models}
        self.written: set[str] = set()

    def since_last_time(self) -> set[str]:
        """The models whose rows changed."""
        tables = self.written & set(self._models)
        self.written.clear()
        return {self._models[table].__name__ for table in tables if self._is_other(table)}

    def anywhere(self) -> set[str]:
        """The same without believing what we heard."""
        self.written.update(self._models)
        return self.since_last_time()

    def _is_other(self, table: str) -> bool:
        before, self._rows[table] = self._rows[table], self._read(table)
        return before != self._rows[table]

    def _read(self, table: str) -> list[Any]:
        return sorted(self._models[table]._base_manager.values_list(), key=repr)


@contextmanager
def traces(*, but: set[str]) -> Iterator[Traces]:
    """Of everything that is written while the block runs; models of these names say nothing."""
    found = Traces(but)

    def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found.written.update(table.lower() for table in _WRITING.findall(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield found
    assert found.anywhere() == set(), "something was written that nobody heard of"
