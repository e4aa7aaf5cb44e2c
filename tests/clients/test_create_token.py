"""manage.py create_token."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.actions import suspend_user
from clients.queries import access_by

pytestmark = pytest.mark.django_db


def made(*arguments):
    out = StringIO()
    call_command("create_token", *arguments, stdout=out)
    return out.getvalue().strip()


@pytest.mark.parametrize("name", ["alice", "@alice", "ALICE"])
def test_it_prints_a_token(alice, name):
    access = access_by(made(name, "--scopes", "read write:statuses"))
    assert (access.user, access.scopes) == (alice, "read write:statuses")


def test_usually_it_may_do_everything_that_apps_may(alice):
    assert access_by(made("alice")).scopes == "read write follow push"


@pytest.mark.parametrize("arguments", [["nobody"], ["alice", "--scopes", "root"], ["alice", "--app", ""]])
def test_what_makes_no_sense_is_said(alice, arguments):
    with pytest.raises(CommandError):
        made(*arguments)


def test_not_for_somebody_who_is_suspended(alice, staff):
    suspend_user(staff, alice)
    with pytest.raises(CommandError):
        made("alice")
