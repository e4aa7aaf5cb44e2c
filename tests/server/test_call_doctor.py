"""Calling the doctor: all checks at once, none stops the others, and what was found is kept."""

import json
import threading
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from common.errors import NotAllowed
from server.actions import call_doctor, examine
from server.actions import checkup as examining
from server.checks import CHECKS, Check, Finding, State, Visit
from server.models import Checkup, Probe
from server.queries import last_checkup
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)
WELL = Check("well", "All is well", lambda visit: Finding(State.GOOD, "It is."))


def bursts(visit: Visit) -> Finding:
    raise ZeroDivisionError("in the middle")


def is_away(visit: Visit) -> Finding:
    raise DatabaseError("the server closed\nthe connection")


def test_one_check_that_fails_stops_nobody():
    checks = [Check("a", "A", bursts), Check("b", "B", is_away), WELL]
    found = {result["name"]: result for result in examine(Visit(), checks=checks).results}
    assert found["well"]["state"] == "good"
    assert found["a"]["state"] == "bad"
    assert "ZeroDivisionError" in found["a"]["found"]
    assert "the server closed the connection" in found["b"]["found"]
    assert "DATABASE_URL" in found["b"]["mend"]


def test_a_check_has_so_long_and_no_longer(monkeypatch):
    monkeypatch.setattr(examining, "LIMIT_SECONDS", 0.2)
    ending = threading.Event()

    def hangs(visit: Visit) -> Finding:
        ending.wait(20)
        return Finding(State.GOOD, "")

    began = time.monotonic()
    found = examine(Visit(), checks=[Check("a", "A", hangs), WELL]).results
    ending.set()
    assert time.monotonic() - began < 10
    assert [result["state"] for result in found] == ["bad", "good"]
    assert "not found out" in found[0]["found"]


def test_checks_run_at_the_same_time():
    both = threading.Barrier(2, timeout=10)

    def meets(visit: Visit) -> Finding:
        both.wait()
        return Finding(State.GOOD, "met")

    found = examine(Visit(), checks=[Check("a", "A", meets), Check("b", "B", meets)]).results
    assert [result["found"] for result in found] == ["met", "met"]


def test_what_was_found_is_kept_for_a_while(monkeypatch, staff):
    monkeypatch.setattr(examining, "CHECKUPS_KEPT", 2)
    kept = [examine(Visit(), checks=[WELL], made_by=staff) for _ in range(4)]
    assert list(Checkup.objects.order_by("id")) == kept[2:]
    assert last_checkup() == kept[3]
    assert last_checkup().made_by == staff
    assert not Probe.objects.exists()


def test_only_who_may():
    for role in ("", "moderator"):
        with pytest.raises(NotAllowed):
            call_doctor(make_user(role=role))
    assert last_checkup() is None


def test_every_check_has_a_name_of_its_own():
    assert len({check.name for check in CHECKS}) == len({check.title for check in CHECKS}) == len(CHECKS)


def told(*options: str, monkeypatch, checks) -> tuple[str, int]:
    monkeypatch.setattr(examining.examine, "__kwdefaults__", {"checks": checks, "made_by": None})
    out = StringIO()
    try:
        call_command("doctor", *options, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(end.code or 0)
    return out.getvalue(), 0


def test_the_command_tells_what_mends_and_ends_so(monkeypatch):
    said, code = told(monkeypatch=monkeypatch, checks=[WELL])
    assert code == 0
    assert "All is well: It is." in said
    assert "0 bad, 0 warning, 1 good" in said
    said, code = told(monkeypatch=monkeypatch, checks=[WELL, Check("a", "A", is_away)])
    assert code == 1
    assert "See that the database runs" in said


def test_the_command_for_machines(monkeypatch):
    said, code = told("--json", monkeypatch=monkeypatch, checks=[WELL, Check("a", "A", bursts)])
    assert code == 1
    answer = json.loads(said)
    assert answer["good"] is False
    assert [check["name"] for check in answer["checks"]] == ["well", "a"]
    assert set(answer["checks"][0]) == {"name", "title", "state", "found", "mend", "seconds"}


def test_the_command_hands_on_whom_to_mail(monkeypatch):
    asked = []
    notes = Check("a", "A", lambda visit: asked.append(visit.mail_to) or Finding(State.GOOD, "x"))
    for options in (("--mail", "me@example.org"), ("--no-mail",), ()):
        told(*options, monkeypatch=monkeypatch, checks=[notes])
    assert asked == ["me@example.org", "", ""]
    with pytest.raises(CommandError):
        call_command("doctor", "--mail", "nobody")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the file is SQLite's")
def test_a_database_that_is_gone_is_told_of(monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", "/nowhere/at all")
    wanted = [check for check in CHECKS if check.name in {"database", "migrations", "jobs", "address"}]
    try:
        found = {result["name"]: result["state"] for result in examine(Visit(), checks=wanted).results}
    finally:
        connection.close()
    assert found == {"database": "bad", "migrations": "bad", "jobs": "bad", "address": "warning"}
