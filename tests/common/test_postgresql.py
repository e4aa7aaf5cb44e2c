"""Lines to PostgreSQL: who hung up is noticed without asking; statements come in the server's own words."""

import os
from pathlib import Path

import psycopg
import pytest
from django.db import close_old_connections, connection

from common.postgresql import base

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL"),
]


@pytest.fixture
def sent(tmp_path: Path):
    """What goes over the line while the function works that this calls."""

    def trace(work) -> list[str]:
        path = tmp_path / "trace"
        with path.open("wb") as file:
            connection.connection.pgconn.trace(file.fileno())
            work()
            connection.connection.pgconn.untrace()
        return [line for line in path.read_text(errors="replace").splitlines() if "\tF\t" in line]

    return trace


def ask() -> list[tuple[int]]:
    return connection.ask("SELECT %s::int", [7])


def test_a_line_that_was_used_a_moment_ago_is_not_asked_whether_it_lives(sent):
    ask()
    close_old_connections()  # as at the beginning of each request
    ask()
    close_old_connections()
    assert not any("SELECT 1" in line for line in sent(ask))


def test_one_that_was_silent_for_long_is_asked(sent, monkeypatch):
    ask()
    monkeypatch.setattr(base, "_FRESH_SECONDS", -1.0)
    close_old_connections()
    assert any("SELECT 1" in line for line in sent(ask))


def test_behind_a_pooler_every_line_is_asked(sent, monkeypatch):
    ask()
    close_old_connections()
    ask()
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "prepare_threshold", None)
    close_old_connections()
    assert any("SELECT 1" in line for line in sent(ask))


def test_who_hung_up_a_moment_ago_is_noticed():
    ask()
    close_old_connections()
    ask()
    with psycopg.connect(os.environ["TEST_DATABASE_URL"], autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
    close_old_connections()
    assert ask() == [(7,)]


def test_values_come_by_order_or_by_name(alice):
    assert connection.ask("SELECT %s::int, 'a %% b', %s::text", [1, "x"]) == [(1, "a % b", "x")]
    named = "SELECT %(a)s::int, %(b)s::text, %(a)s::int"
    assert connection.ask(named, {"b": "x", "unused": 5, "a": 1}) == [(1, "x", 1)]


def test_the_server_keeps_the_statement(sent):
    ask()
    assert not any("Parse" in line for line in sent(ask))
