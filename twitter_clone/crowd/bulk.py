"""Writing millions of rows on both databases: COPY or executemany, with the indexes made afterwards.

Only for a database that exists to be measured: foreign keys are not checked while rows are written.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import Field, Model

_IS_SQLITE = connection.vendor == "sqlite"


@contextmanager
def filling(*models: type[Model]) -> Iterator[None]:
    """Inside, rows of these models are written without upkeep of indexes; at the end all are made at once."""
    definitions = [definition for model in models for definition in _drop_indexes(model._meta.db_table)]
    _run(
        "PRAGMA foreign_keys=OFF", "PRAGMA synchronous=OFF", "PRAGMA cache_size=-400000",
        sqlite=True,
    )  # fmt: skip
    _run("SET session_replication_role = replica", "SET maintenance_work_mem = '512MB'", sqlite=False)
    yield
    _run(*definitions, sqlite=_IS_SQLITE)
    _run("SET session_replication_role = DEFAULT", sqlite=False)
    if not _IS_SQLITE:
        for model in models:
            _set_sequence(model)


def settle() -> None:
    """What housekeeping does on a real server. On SQLite nobody counts rows there, and so not here: with
    the figures of ANALYZE its planner reads all people before it looks for a page of Local.
    """
    _run("PRAGMA wal_checkpoint(TRUNCATE)", sqlite=True)
    _run("VACUUM ANALYZE", sqlite=False)


def load(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows of these fields; every other field gets its default."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    given = [fields.pop(name) for name in names]
    others = [field for field in fields.values() if _has_value(field)]
    rest = tuple(field.get_db_prep_save(field.get_default(), connection) for field in others)
    columns = ", ".join(f'"{field.column}"' for field in chain(given, others))
    table = model._meta.db_table
    whole = ((*row, *rest) for row in rows)
    with connection.cursor() as cursor:
        if _IS_SQLITE:
            places = ", ".join(["?"] * (len(given) + len(others)))
            plain = connection.connection  # Django's own cursor would look at each row for %s
            plain.execute("BEGIN")
            plain.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", whole)  # noqa: S608
            plain.execute("COMMIT")
            return
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in whole:
                copy.write_row(row)


def _has_value(field: "Field[Any, Any]") -> bool:
    """Whether Django would send a value; an automatic id or a default of the database alone is left out."""
    is_automatic = field.primary_key and not field.has_default()
    return not is_automatic and (field.has_default() or not field.has_db_default())


def _drop_indexes(table: str) -> list[str]:
    """Drop what can be made again, and return how. What belongs to a constraint stays."""
    if _IS_SQLITE:
        listing = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql > '' AND tbl_name = %s"
    else:
        listing = (
            "SELECT indexname, indexdef FROM pg_indexes"
            " WHERE tablename = %s AND schemaname = current_schema()"
            " AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)"
        )
    with connection.cursor() as cursor:
        cursor.execute(listing, [table])
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _, definition in found]


def _set_sequence(model: type[Model]) -> None:
    table = model._meta.db_table
    if model._meta.pk.get_internal_type() in {"AutoField", "BigAutoField"}:
        largest = f"(SELECT COALESCE(MAX(id), 1) FROM {table})"  # noqa: S608
        _run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {largest})", sqlite=False)


def _run(*statements: str, sqlite: bool) -> None:
    if sqlite == _IS_SQLITE:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
