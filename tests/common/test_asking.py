"""Asking the database without a cursor of Django's: the same answers, errors and counts."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from common.watching.database import watch_connections
from common.watching.tally import Tally, counting

pytestmark = pytest.mark.django_db
_NAMES = "SELECT username, 'a %% b' FROM accounts_user WHERE username = %s OR username = %s ORDER BY username"


def test_rows_come_as_from_a_cursor(alice, bob, carol):
    found = connection.ask(_NAMES, ["bob", "alice"])
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, ["bob", "alice"])
        assert found == cursor.fetchall() == [("alice", "a % b"), ("bob", "a % b")]


def test_values_may_have_names(alice, bob):
    sql = "SELECT username FROM accounts_user WHERE username = %(name)s AND id = %(id)s AND %(name)s <> ''"
    assert connection.ask(sql, {"id": alice.pk, "name": "alice", "more": 1}) == [("alice",)]


def test_it_is_counted_like_any_query(alice, django_assert_num_queries):
    with django_assert_num_queries(1):
        connection.ask(_NAMES, ["bob", "alice"])
    watch_connections()
    with counting(Tally("request-1")) as tally:
        connection.ask(_NAMES, ["bob", "alice"])
    assert tally.queries == 1
    assert tally.query_seconds > 0


def test_whoever_stands_around_queries_stands_around_this_one(alice):
    heard = []

    def listen(execute: Any, sql: str, values: Any, many: bool, context: dict[str, Any]) -> Any:
        heard.append((sql, list(values), many, context["connection"].alias))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(listen):
        assert connection.ask(_NAMES, ["alice", "nobody"]) == [("alice", "a % b")]
    assert heard == [(_NAMES, ["alice", "nobody"], False, "default")]


def test_errors_are_those_of_django(alice):
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.ask("SELECT nothing FROM accounts_user WHERE username = %s", ["alice"])
    assert connection.ask(_NAMES, ["alice", "bob"])


def test_a_broken_transaction_answers_nothing_more(alice):
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            connection.ask(_NAMES, ["alice", "bob"])


def test_what_changes_rows_tells_how_many(alice, bob, carol):
    sql = "UPDATE accounts_user SET location = %s WHERE username <> %s"
    assert connection.change(sql, ["there", "carol"]) == 2
    alice.refresh_from_db()
    assert alice.location == "there"


def test_a_closed_connection_is_opened(transactional_db):
    connection.close()
    assert connection.ask(_NAMES, ["alice", "bob"]) == []
