"""`manage.py migrate`: on PostgreSQL it keeps nobody waiting, in an empty SQLite file it has a short way."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import DatabaseError, OperationalError, connections

from twitter_clone.tables import make_tables

_PATIENCE_MS = 2000
_PAUSES_SECONDS = (1, 2, 4, 8, 15, 30, 30, 30)
_LOCKED = "55P03"


class Command(migrate.Command):
    """Changing a table waits for whoever reads it, and everybody else then waits for the change.

    So each change waits for two seconds only; in vain, it lets the others pass and comes again.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        if _wants_everything(options):
            make_tables(connections[options["database"]])
        gc.freeze()  # of what is there nothing will be freed; a fifth of the time was looking for it
        for pause in _PAUSES_SECONDS:
            try:
                with _in_a_hurry(options["database"]):
                    super().handle(*args, **options)
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", "") != _LOCKED:
                    raise
                self.stderr.write(f"A table is in use for longer than we wait; trying again in {pause} s.")
                time.sleep(pause)
            else:
                return
        raise CommandError(
            "A table was never free: look for a long query or a forgotten transaction, end it, and try again."
        )


def _wants_everything(options: dict[str, Any]) -> bool:
    is_limited = any(
        options[name] for name in ("app_label", "fake", "fake_initial", "plan", "check_unapplied", "prune")
    )
    return not is_limited


@contextmanager
def _in_a_hurry(alias: str) -> Iterator[None]:
    """Through a pooler nothing is set: the session would be somebody else's afterwards."""
    connection = connections[alias]
    is_pooled = connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]
    if connection.vendor != "postgresql" or is_pooled:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {_PATIENCE_MS}")
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
