"""How a database is emptied after a test that committed: only what holds rows.

Django cuts off every table there is, which takes PostgreSQL seconds for a hundred of them, and then looks in
all apps for models and permissions that nobody wrote down yet.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.core.management.commands import flush
from django.db import connection

_STAYS = {"django_content_type", "auth_permission"}  # the same for every test
_AUDIT = "audit_auditentry"


@contextmanager
def emptied_quickly() -> Iterator[None]:
    """As long as the block runs, for the database of the tests."""
    operations: Any = type(connection.ops)
    as_django, looks_in_apps = operations.sql_flush, flush.emit_post_migrate_signal
    operations.sql_flush, flush.emit_post_migrate_signal = _statements, _nothing_new
    yield
    operations.sql_flush, flush.emit_post_migrate_signal = as_django, looks_in_apps


def _nothing_new(*how: object, **more: object) -> None:
    """What that writes down has stayed."""


def _statements(operations: Any, style: object, tables: list[str], **how: object) -> list[str]:
    """Foreign keys are looked at when the transaction ends, so any order will do."""
    filled = _filled(operations.connection, sorted(set(tables) - _STAYS))
    ours = _forgetting(operations.connection.vendor) if _AUDIT in filled else []
    return [*ours, *(f'DELETE FROM "{table}"' for table in filled if table != _AUDIT)]


def _filled(database: Any, tables: list[str]) -> list[str]:
    asking = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables)
    with database.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asking))
        return [table for (table,) in cursor.fetchall()]


def _forgetting(vendor: str) -> list[str]:
    """What staff did is never forgotten: its own rules stand against it."""
    if vendor == "postgresql":
        return [f"TRUNCATE {_AUDIT}"]
    never_forgotten = import_module("audit.migrations.0003_never_forgotten").NEVER_FORGOTTEN
    return ["DROP TRIGGER audit_never_forgotten", f"DELETE FROM {_AUDIT}", never_forgotten]
