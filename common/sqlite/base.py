"""SQLite as Django has it, which translates the marks of a statement once and not each time it is asked."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base

from common.asking import Asking, Values


class DatabaseWrapper(Asking, base.DatabaseWrapper):
    """One connection."""

    def create_cursor(self, name: Any = None) -> Any:
        return self.connection.cursor(factory=_Cursor)

    def sent(self, sql: str, values: Values) -> Any:
        names = tuple(values) if isinstance(values, Mapping) else None
        return self.connection.execute(_translated(sql, names), values)


class _Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        return _translated(query, None if param_names is None else tuple(param_names))


_translate = base.SQLiteCursorWrapper.convert_query


@lru_cache(maxsize=500)
def _translated(sql: str, names: tuple[str, ...] | None) -> str:
    """From Django's marks to SQLite's: longer for a page of tweets than SQLite takes to find them."""
    translated: str = _translate(None, sql, param_names=names)  # type: ignore[arg-type]  # it uses no cursor
    return translated
