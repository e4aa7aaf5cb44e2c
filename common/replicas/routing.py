"""Which database is read. The primary, unless a request was found fit for a replica and has not written yet.

So jobs, commands, migrations, sockets and everything inside a transaction read the primary without asking.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from common.asking import Rows, Values

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(slots=True)
class Reading:
    """What one request reads from, and whether it changed something that replicas do not know yet."""

    alias: str = DEFAULT_DB_ALIAS
    has_written: bool = False


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


class Router:
    """Django's router: reads where `read_alias` says, writes to the primary, which has all tables."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS if _is_for_primary(model) else read_alias()

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        reading = _reading.get()
        if reading is not None and not _is_for_primary(model):
            reading.has_written = True
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True  # the same rows, wherever they were read

    def allow_migrate(self, alias: str, app_label: str, **hints: Any) -> bool:
        return alias == DEFAULT_DB_ALIAS


def read_alias() -> str:
    """The name of the database to read at this moment."""
    reading = _reading.get()
    if reading is None or reading.has_written or connections[DEFAULT_DB_ALIAS].in_atomic_block:
        return DEFAULT_DB_ALIAS
    return reading.alias


def reading_connection() -> BaseDatabaseWrapper:
    """For SQL written by hand that only reads. What writes takes `django.db.connection`."""
    return connections[read_alias()]


def ask(sql: str, values: Values) -> Rows:
    """What answers to SQL that is written by hand, of few shapes, and asked often: PostgreSQL keeps it."""
    database: Any = reading_connection()
    rows: Rows = database.ask(sql, values)
    return rows


@contextmanager
def reading_from(alias: str) -> Iterator[Reading]:
    """Read from there inside the block; tells afterwards whether there were writes."""
    reading = Reading(alias)
    token = _reading.set(reading)
    try:
        yield reading
    finally:
        _reading.reset(token)


@contextmanager
def primary() -> Iterator[None]:
    """Read the primary inside the block: for who somebody is, and for whatever is kept in a cache afterwards.

    An old row that is kept under a new key would be wrong for good, and not only for the lag.
    """
    reading = _reading.get()
    before = DEFAULT_DB_ALIAS if reading is None else reading.alias
    if reading is not None:
        reading.alias = DEFAULT_DB_ALIAS
    try:
        yield
    finally:
        if reading is not None:
            reading.alias = before


def from_primary(view: View) -> View:
    """Mark a view that never shows an old copy."""

    @wraps(view)
    def reading_primary(*args: Any, **kwargs: Any) -> Any:
        with primary():
            return view(*args, **kwargs)

    return reading_primary  # type: ignore[return-value]


def _is_for_primary(model: type[Model]) -> bool:
    return model._meta.app_label in settings.PRIMARY_APPS
