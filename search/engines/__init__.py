"""Where words are looked up: SQLite's FTS5, or the full text of PostgreSQL. Both keep and answer the same.

An engine knows documents, rows of words under an id, of two kinds: tweets and people.
"""

from collections.abc import Sequence
from types import ModuleType
from typing import Literal

from django.db import connection

from common.paging import Window
from search.engines import postgres, sqlite
from search.engines.clause import Clause

__all__ = ["Clause", "document", "find_ids"]

Kind = Literal["tweet", "person"]


def document(rows: Sequence[Sequence[str]]) -> str:
    """Rows of words as this database keeps them. Words of different rows are never neighbours."""
    return str(_engine().document(rows))


def find_ids(kind: Kind, clauses: Sequence[Clause], window: Window) -> list[int]:
    """Ids of the documents for which all clauses hold, newest first. One query."""
    engine = _engine()
    table, column = engine.TABLES[kind]
    where, values = ["1 = 1"], []
    if clauses:
        where, values = [engine.condition(table)], [engine.expression(clauses)]
    ends = (("<", window.max_id), (">", window.since_id), (">", window.min_id))
    where += [f"{column} {sign} %s" for sign, end in ends if end is not None]
    order = "DESC" if window.min_id is None else "ASC"
    sql = f"SELECT {column} FROM {table} WHERE {' AND '.join(where)} ORDER BY {column} {order} LIMIT %s"  # noqa: S608  names of ours
    values += [end for _, end in ends if end is not None]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, window.limit])
        ids = [row[0] for row in cursor.fetchall()]
    return ids if window.min_id is None else ids[::-1]


def _engine() -> ModuleType:
    return postgres if connection.vendor == "postgresql" else sqlite
