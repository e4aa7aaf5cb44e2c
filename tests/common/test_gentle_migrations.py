"""An index for a table in use: built beside the writing on PostgreSQL, in the short way on SQLite."""

import pytest
from django.db import IntegrityError, NotSupportedError, connection, models
from django.db.migrations.loader import MigrationLoader

from common.gentle_migrations import AddIndexGently
from jobs.models import Clock

NAME = "clock_by_hour"
pytestmark = pytest.mark.django_db(transaction=True)
POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows the short way only")


@pytest.fixture
def adding():
    operation = AddIndexGently("clock", models.Index(fields=["next_at"], name=NAME))
    before = MigrationLoader(connection).project_state()
    after = before.clone()
    operation.state_forwards("jobs", after)

    def run(*, backwards: bool = False, atomic: bool = False) -> None:
        with connection.schema_editor(atomic=atomic) as editor:
            if backwards:
                operation.database_backwards("jobs", editor, after, before)
            else:
                operation.database_forwards("jobs", editor, before, after)

    yield run
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {NAME}")


def indexes() -> dict[str, object]:
    with connection.cursor() as cursor:
        return connection.introspection.get_constraints(cursor, Clock._meta.db_table)


def test_it_comes_and_goes(adding):
    adding()
    assert indexes()[NAME]["columns"] == ["next_at"]
    adding(backwards=True)
    assert NAME not in indexes()


@POSTGRESQL
def test_people_write_while_it_is_built(adding):
    with connection.execute_wrapper(note := Note()):
        adding()
    assert any("CREATE INDEX CONCURRENTLY" in sql for sql in note.asked)


@POSTGRESQL
def test_it_refuses_a_transaction_which_would_hold_everything_up(adding):
    with pytest.raises(NotSupportedError):
        adding(atomic=True)


@POSTGRESQL
def test_what_an_earlier_try_left_is_replaced(adding):
    moment = "2026-01-01T00:00Z"
    Clock.objects.bulk_create([Clock(name=name, next_at=moment) for name in ("one", "two")])
    with connection.cursor() as cursor:
        with pytest.raises(IntegrityError):
            cursor.execute(f"CREATE UNIQUE INDEX CONCURRENTLY {NAME} ON jobs_clock (next_at)")
        assert NAME in indexes()
        adding()
        cursor.execute(
            "SELECT indisvalid, indisunique FROM pg_index WHERE indexrelid = to_regclass(%s)", [NAME]
        )
        assert cursor.fetchone() == (True, False)


@POSTGRESQL
def test_the_patience_of_a_moment_is_given_back(adding):
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '7s'")
        adding()
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone()[0] == "7s"
        cursor.execute("RESET lock_timeout")


class Note:
    """What is asked of the database."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        self.asked.append(str(sql))
        return execute(sql, params, many, context)
