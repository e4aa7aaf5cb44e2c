"""The tables as migrations leave them, kept as SQL: an empty SQLite file gets all of them in a moment.

A hundred migrations, one after the other, take longer than everything else of a first start together. So
`manage.py record_tables` writes down what they made (tables.sql), and `manage.py migrate` gives that to a
file that is still empty; migrations that are younger than the record follow as ever. PostgreSQL always goes
the long way.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

RECORD = Path(__file__).with_name("tables.sql")

_MIGRATIONS = "django_migrations"
_FILLED = [
    "django_content_type",
    "auth_permission",
    _MIGRATIONS,
]  # what migrations fill, in every server alike
_SHADOWS = ("_data", "_idx", "_docsize", "_config")  # SQLite makes these with each full-text table


def make_tables(connection: BaseDatabaseWrapper) -> bool:
    """Make the recorded tables if this is an empty SQLite file. Returns whether it was one.

    All or nothing: a process that is killed meanwhile leaves an empty file.
    """
    if connection.vendor != "sqlite" or connection.introspection.table_names():
        return False
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in _statements(RECORD.read_text()):
            cursor.execute(statement)
        MigrationRecorder(connection).migration_qs.update(applied=timezone.now())
    return True


def describe_tables(file: Path) -> str:
    """What an SQLite file holds right after its migrations, as statements in an order that makes it again."""
    with closing(sqlite3.connect(file)) as database:
        found = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
            " ORDER BY CASE type WHEN 'table' THEN 1 WHEN 'index' THEN 2 ELSE 3 END, name"
        ).fetchall()
        full_text = [name for name, sql in found if sql.startswith("CREATE VIRTUAL TABLE")]
        shadows = {name + ending for name in full_text for ending in _SHADOWS}
        made = [f"{sql};" for name, sql in found if name not in shadows]
        return "\n".join([*made, *(row for table in _FILLED for row in _rows(database, table))]) + "\n"


def _rows(database: sqlite3.Connection, table: str) -> Iterator[str]:
    """Without the times at which migrations ran: they are those of another file."""
    for row in database.execute(f"SELECT * FROM {table} ORDER BY id"):  # noqa: S608  (one of ours)
        values = (*row[:-1], 0) if table == _MIGRATIONS else row
        written = ", ".join(str(one) if isinstance(one, int) else _quoted(one) for one in values)
        yield f"INSERT INTO {table} VALUES ({written});"  # noqa: S608


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _statements(script: str) -> Iterator[str]:
    """Triggers hold semicolons too: only SQLite knows where a statement ends."""
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""
