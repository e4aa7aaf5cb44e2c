"""An empty SQLite file gets the tables on record; in the end they are those that the migrations make."""

import re
from pathlib import Path

import pytest
from django.db import OperationalError, connection, connections
from django.db.utils import ConnectionHandler

from twitter_clone import tables
from twitter_clone.crowd.scratch import scratch
from twitter_clone.management.commands.record_tables import record

_ROW_KEYS = re.compile(r"^(INSERT INTO \w+ VALUES) \(\d+, ")


@pytest.fixture
def empty(tmp_path, django_db_blocker):
    """A connection to an SQLite file of nothing."""
    wanted = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "new.sqlite3"}}
    connections.settings["empty"] = ConnectionHandler(wanted).settings["default"]
    with django_db_blocker.unblock():
        yield connections["empty"]
        connections["empty"].close()
    del connections["empty"], connections.settings["empty"]


def meaning(description: str) -> set[str]:
    """Without the numbers of rows: they follow the order in which record and younger migrations came."""
    types = dict(re.findall(r"INSERT INTO django_content_type VALUES \((\d+), (.*)\);", description))
    lines = set()
    for statement in re.split(r";\n(?=CREATE|INSERT)", description.removesuffix(";\n")):
        row = statement.startswith("INSERT INTO auth_permission")
        named = (
            re.sub(r"(VALUES \(\d+), (\d+),", lambda m: f"{m[1]}, {types[m[2]]},", statement)
            if row
            else statement
        )
        lines.add(_ROW_KEYS.sub(r"\1 (", named))
    return lines


def test_the_record_and_what_is_younger_make_what_all_migrations_make():
    with scratch() as place:
        place.run("manage.py", "migrate", "-v0")
        short_way = tables.describe_tables(place.folder / "db.sqlite3")

    assert meaning(short_way) == meaning(record()), "manage.py record_tables writes it anew"


def test_what_is_made_is_what_is_recorded(empty):
    assert tables.make_tables(empty)
    assert tables.describe_tables(Path(empty.settings_dict["NAME"])) == tables.RECORD.read_text()


def test_migrations_count_as_run_at_that_moment(empty):
    tables.make_tables(empty)
    with empty.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations WHERE applied < datetime('now', '-1 minute')")
        assert cursor.fetchone() == (0,)


def test_full_text_search_finds_what_was_added(empty):
    """Its triggers hold semicolons, and its shadow tables are made by SQLite."""
    tables.make_tables(empty)
    with empty.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name = 'search_tag_added'")
        assert cursor.fetchone()
        cursor.execute("INSERT INTO search_tagwords(rowid, words) VALUES (7, 'cats')")
        cursor.execute("SELECT rowid FROM search_tagwords WHERE search_tagwords MATCH 'cats'")
        assert cursor.fetchone() == (7,)


def test_a_file_with_anything_in_it_is_left_alone(empty):
    with empty.cursor() as cursor:
        cursor.execute("CREATE TABLE mine (id integer)")
    assert not tables.make_tables(empty)
    assert empty.introspection.table_names() == ["mine"]


def test_what_fails_half_way_leaves_nothing_behind(empty, monkeypatch, tmp_path):
    broken = tmp_path / "broken.sql"
    broken.write_text("CREATE TABLE one (id integer);\nCREATE TABLE one (id integer);\n")
    monkeypatch.setattr(tables, "RECORD", broken)
    with pytest.raises(OperationalError):
        tables.make_tables(empty)
    assert empty.introspection.table_names() == []


@pytest.mark.django_db
def test_a_database_in_use_is_left_alone():
    """On PostgreSQL and on SQLite alike."""
    assert not tables.make_tables(connection)
