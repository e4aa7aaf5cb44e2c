"""Where words are looked up: SQLite's FTS5, or the full text of PostgreSQL. Both keep and answer the same.

An engine knows documents, rows of words under an id, of three kinds: tweets, people and tags.
"""

from collections.abc import Sequence
from types import ModuleType
from typing import Literal

from django.db import connection

from common.paging import Window
from common.replicas.routing import reading_connection
from search.engines import postgres, sqlite
from search.engines.clause import Clause

__all__ = ["Clause", "document", "find_ids", "hold_tweets", "id_below", "seconds_worked"]

Kind = Literal["tweet", "person", "tag"]


def document(rows: Sequence[Sequence[str]]) -> str:
    """Rows of words as this database keeps them. Words of different rows are never neighbours."""
    return str(_engine().document(rows))


def find_ids(kind: Kind, clauses: Sequence[Clause], window: Window, *, is_sparse: bool = False) -> list[int]:
    """Ids of the documents for which all clauses hold, newest first. One query.

    `is_sparse` says that hardly any document will match, so that the database does not walk through all of
    them in their order, hoping for the next one.
    """
    engine = _engine()
    table, column = engine.TABLES[kind]
    where, values = ["1 = 1"], []
    if clauses:
        where, values = [engine.condition(table)], [engine.expression(clauses)]
    ends = (("<", window.max_id), (">", window.since_id), (">", window.min_id))
    where += [f"{column} {sign} %s" for sign, end in ends if end is not None]
    order = f"{column}{engine.UNORDERED if is_sparse else ''} {'DESC' if window.min_id is None else 'ASC'}"
    sql = f"SELECT {column} FROM {table} WHERE {' AND '.join(where)} ORDER BY {order} LIMIT %s"  # noqa: S608  names of ours
    values += [end for _, end in ends if end is not None]
    with reading_connection().cursor() as cursor:
        cursor.execute(sql, [*values, window.limit])
        ids = [row[0] for row in cursor.fetchall()]
    return ids if window.min_id is None else ids[::-1]


def hold_tweets(ids: Sequence[int]) -> None:
    """Let none of these be deleted before this transaction ends. One query on PostgreSQL; on SQLite nobody
    else writes meanwhile anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT FROM tweets_tweet WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE", [list(ids)]
            )


def id_below(kind: Kind, max_id: int | None, number: int) -> tuple[int, int] | None:
    """The newest id below `max_id`, and the one so many documents further down; None where there is no such.

    One query, which reads as many entries of an index.
    """
    table, column = f"search_{kind}document", f"{kind}_id"
    where, values = ("", []) if max_id is None else (f"WHERE {column} < %s ", [max_id])
    one = f"SELECT {column} FROM {table} {where}ORDER BY {column} DESC LIMIT 1"  # noqa: S608  names of ours
    with reading_connection().cursor() as cursor:
        cursor.execute(f"SELECT ({one}), ({one} OFFSET %s)", [*values, *values, number])
        newest, floor = cursor.fetchone()
    return None if floor is None else (newest, floor)


def seconds_worked() -> float:
    """A clock that tells how long looking takes."""
    return float(_engine().clock())


def _engine() -> ModuleType:
    return postgres if connection.vendor == "postgresql" else sqlite
