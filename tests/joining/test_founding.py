"""The first run: the owner is made once, by whoever has the code that the server showed."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.roles import Role
from audit.models import AuditEntry
from common.errors import Invalid, NotFound
from common.models import Fact
from common.naming import forget_name, site_name
from joining.founding import found_server, has_owner, make_setup_code
from joining.queries import policy
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
WISH = {
    "username": "olga",
    "email": "Olga@example.org",
    "password": PASSWORD,
    "site_name": "  The   Harbour ",
    "purpose": "community",
}


@pytest.mark.parametrize(
    ("purpose", "mode", "people_invite"),
    [
        ("open", "open", False),
        ("community", "approval", True),
        ("company", "invite", False),
        ("personal", "closed", False),
    ],
)
def test_the_code_makes_an_owner_a_name_and_a_policy(
    purpose, mode, people_invite, django_capture_on_commit_callbacks
):
    code = make_setup_code()
    with django_capture_on_commit_callbacks(execute=True):
        owner = found_server(f" {code.lower()} ", **{**WISH, "purpose": purpose})
    assert (owner.staff_role, owner.may_write, owner.email) == (Role.OWNER, True, "olga@example.org")
    assert owner.check_password(PASSWORD)
    assert site_name() == "The Harbour"
    assert (policy().mode, policy().people_invite) == (mode, people_invite)
    entry = AuditEntry.objects.get(deed="change_server")
    assert (entry.actor, entry.after) == ("@olga", {"name": "The Harbour", "for": purpose})


def test_it_happens_once():
    code = make_setup_code()
    found_server(code, **WISH)
    assert has_owner()
    for again in (code, ""):
        with pytest.raises(NotFound):
            found_server(again, **{**WISH, "username": "eve", "email": "eve@example.org"})
    with pytest.raises(NotFound):
        make_setup_code()
    assert User.objects.count() == 1


def test_a_stranger_guesses_in_vain():
    code = make_setup_code()
    for wrong in ("", "x", code[:-1], f"{code}A", "A" * 10_000, "\0"):
        with pytest.raises(Invalid) as refused:
            found_server(wrong, **WISH)
        assert refused.value.field == "code"
    assert not User.objects.exists()


def test_without_a_code_nobody_gets_in_and_only_the_newest_counts():
    with pytest.raises(Invalid):
        found_server("", **WISH)
    old, new = make_setup_code(), make_setup_code()
    with pytest.raises(Invalid):
        found_server(old, **WISH)
    assert code_is_nowhere(new)
    assert found_server(new, **WISH).username == "olga"
    assert not Fact.objects.filter(key="setup_code").exists()


def code_is_nowhere(code: str) -> bool:
    return not any(
        code in value or code.replace("-", "") in value for (value,) in Fact.objects.values_list("value")
    )


def test_what_cannot_be_leaves_everything_as_it_was():
    make_user("alice")
    code = make_setup_code()
    wrong = (
        {"username": "alice"},
        {"username": "a b"},
        {"email": "alice@example.org"},
        {"site_name": " "},
        {"site_name": "x" * 41},
        {"purpose": "profit"},
    )
    for change in wrong:
        with pytest.raises(Invalid):
            found_server(code, **{**WISH, **change})
    assert User.objects.count() == 1
    assert not AuditEntry.objects.exists()
    assert found_server(code, **WISH)


def test_a_suspended_owner_is_an_owner():
    make_user(is_superuser=True, state=User.State.SUSPENDED)
    assert has_owner()


def test_the_command_shows_a_code_until_there_is_an_owner(capsys, staff):
    with pytest.raises(CommandError):
        call_command("setup_code")
    call_command("setup_code", "--at-start")
    assert capsys.readouterr().out == ""
    User.objects.filter(pk=staff.pk).update(is_superuser=False, is_staff=False)
    call_command("setup_code", "--at-start")
    said = capsys.readouterr().out
    assert "http://localhost:8000/setup/" in said
    assert found_server(said.split()[-1], **WISH)


def test_the_name_is_remembered_and_asked_for_anew(django_assert_num_queries, settings):
    forget_name()
    with django_assert_num_queries(1):
        assert site_name() == site_name() == settings.SITE_NAME
