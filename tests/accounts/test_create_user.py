"""`manage.py create_user`."""

from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from accounts.models import User
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def create(*arguments: str) -> str:
    out = StringIO()
    call_command("create_user", *arguments, stdout=out)
    return out.getvalue()


def test_a_confirmed_account_that_may_write():
    said = create("nora", "--email", "Nora@example.org", "--password", PASSWORD)
    nora = User.objects.get(username="nora")
    assert nora.may_write
    assert not nora.is_staff
    assert nora.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=nora).verified
    assert "@nora@localhost:8000" in said
    assert "nora@example.org, confirmed" in said


def test_unverified_may_read_only():
    create("nora", "--email", "nora@example.org", "--password", PASSWORD, "--unverified")
    nora = User.objects.get(username="nora")
    assert not nora.may_write
    assert not EmailAddress.objects.get(user=nora).verified


def test_staff_may_use_the_admin_and_have_a_name_kept_for_the_server():
    create("admin", "--email", "admin@example.org", "--password", PASSWORD, "--staff")
    admin = User.objects.get(username="admin")
    assert admin.is_staff
    assert admin.has_perm("accounts.change_user")


@pytest.mark.parametrize(
    ("name", "email", "password", "said"),
    [
        ("ALICE", "new@example.org", PASSWORD, "already a person called ALICE"),
        ("nora", "Alice@example.org", PASSWORD, "already belongs to @alice"),
        ("no ra", "new@example.org", PASSWORD, "cannot be used"),
        ("nora", "nonsense", PASSWORD, "valid email"),
        ("nora", "new@example.org", "short", "too short"),
        ("nora", "new@example.org", "12345678", "common"),
        ("nora_maria", "new@example.org", "nora_maria1", "too similar to the username"),
    ],
)
def test_what_cannot_be_is_said(alice, name, email, password, said):
    with pytest.raises(CommandError, match=said):
        create(name, "--email", email, "--password", password)
    assert User.objects.count() == 1
