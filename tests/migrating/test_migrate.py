"""A change of a table that is in use lets the others pass, and comes again."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate as django_migrate
from django.db import OperationalError, ProgrammingError, connection, transaction

from jobs.models import Clock
from twitter_clone.management.commands import migrate

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one lock for everything"),
]


@pytest.fixture(autouse=True)
def _changes_a_table(monkeypatch):
    """In place of migrations that are all done already: the lock that a new column asks for."""

    def handle(self, *args, **options):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE jobs_clock IN ACCESS EXCLUSIVE MODE")
        self.stdout.write("changed")

    monkeypatch.setattr(django_migrate.Command, "handle", handle)
    monkeypatch.setattr(migrate, "_PATIENCE_MS", 300)


@contextmanager
def somebody_reads_for_long() -> Iterator[psycopg.Connection]:
    known = connection.get_connection_params()
    address = {name: known[name] for name in ("dbname", "user", "password", "host", "port") if name in known}
    with psycopg.connect(**address) as reader:
        reader.execute("SELECT count(*) FROM jobs_clock")
        yield reader


class Said(StringIO):
    """Lets the reader end as soon as somebody had to wait for it."""

    def __init__(self, reader: psycopg.Connection) -> None:
        super().__init__()
        self._reader = reader

    def write(self, text: str) -> int:
        self._reader.rollback()
        return super().write(text)


def test_it_comes_again_until_the_table_is_free_and_others_read_on_meanwhile():
    counted, said = [], StringIO()

    def count() -> None:
        counted.append(Clock.objects.count())
        connection.close()

    def move(reader: psycopg.Connection) -> None:
        call_command("migrate", stdout=said, stderr=(complaints := Said(reader)))
        said.write(complaints.getvalue())
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            said.write(cursor.fetchone()[0])
        connection.close()

    with somebody_reads_for_long() as reader:
        everybody = [threading.Thread(target=move, args=[reader])]
        everybody += [threading.Thread(target=count) for _ in range(3)]
        for one in everybody:
            one.start()
        for one in everybody:
            one.join(30)
    again = "A table is in use for longer than we wait; trying again in 1 s."
    assert said.getvalue().splitlines() == ["changed", again, "0"]
    assert counted == [0, 0, 0]


def test_in_the_end_it_gives_up_with_advice(monkeypatch):
    monkeypatch.setattr(migrate, "_PAUSES_SECONDS", (0, 0))
    with somebody_reads_for_long(), pytest.raises(CommandError, match="forgotten transaction"):
        call_command("migrate", stderr=StringIO())


@pytest.mark.parametrize(
    "error", [ProgrammingError("no such column"), OperationalError("connection refused")]
)
def test_whatever_else_goes_wrong_is_told_at_once(monkeypatch, error):
    def fail(self, *args, **options):
        raise error

    monkeypatch.setattr(django_migrate.Command, "handle", fail)
    with pytest.raises(type(error)):
        call_command("migrate")
