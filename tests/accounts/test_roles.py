"""Roles: what each may do, and who gives them to whom."""

import pytest

from accounts.actions import freeze_user, give_role, suspend_user
from accounts.models import User
from accounts.roles import PERMISSIONS, Permission, Role
from audit.models import AuditEntry
from common.errors import NotAllowed
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> dict[str, User]:
    """One of each role."""
    flags = {"is_staff": True, "is_superuser": True}
    return {
        role.value: make_user(role.name.lower(), **(flags if role == Role.OWNER else {"role": role.value}))
        for role in Role
    }


def test_each_role_may_what_the_one_beneath_it_may_and_more():
    for lower, higher in zip(list(Role), list(Role)[1:], strict=False):
        assert PERMISSIONS[lower] < PERMISSIONS[higher]
    assert PERMISSIONS[Role.OWNER] == set(Permission)


def test_the_table_decides_for_active_people_only(people):
    for role, person in people.items():
        assert {one for one in Permission if person.may(one)} == PERMISSIONS[Role(role)]
        person.state = User.State.SUSPENDED
        assert not any(person.may(one) for one in Permission)


def test_frozen_staff_have_no_say(people):
    freeze_user(people["owner"], people["admin"])
    assert not any(people["admin"].may(one) for one in Permission)


def test_djangos_flags_count_as_roles():
    assert make_user(is_staff=True).staff_role == Role.MODERATOR
    assert make_user(is_staff=True, role="admin").staff_role == Role.ADMIN
    assert make_user(is_superuser=True).staff_role == Role.OWNER
    assert make_user().staff_role == Role.MEMBER


def test_a_role_is_given_and_taken_and_written_down(people, alice):
    owner = people["owner"]
    for role in ("moderator", "admin", "owner", ""):
        give_role(owner, alice, role)
        give_role(owner, alice, role)
        person = User.objects.get(pk=alice.pk)
        assert person.staff_role == Role(role)
        assert (person.is_superuser, person.is_staff) == (role == "owner", role == "owner")
    told = [(entry.before["role"], entry.after["role"]) for entry in AuditEntry.objects.order_by("id")]
    assert told == [("", "moderator"), ("moderator", "admin"), ("admin", "owner"), ("owner", "")]


@pytest.mark.parametrize(
    ("giver", "taker", "role"),
    [
        ("", "moderator", ""),
        ("moderator", "", "moderator"),
        ("admin", "", "admin"),
        ("admin", "", "owner"),
        ("admin", "owner", ""),
        ("admin", "admin", ""),
        ("owner", "owner", ""),  # oneself
        ("owner", "", "king"),
    ],
)
def test_nobody_gives_what_is_not_theirs_to_give(people, giver, taker, role):
    with pytest.raises(NotAllowed):
        give_role(people[giver], people[taker], role)
    assert not AuditEntry.objects.exists()


def test_an_administrator_makes_moderators(people, alice):
    give_role(people["admin"], alice, "moderator")
    assert alice.staff_role == Role.MODERATOR


def test_who_is_suspended_or_unconfirmed_gets_no_role(people, alice):
    suspend_user(people["owner"], alice)
    for person in (alice, make_user(confirmed=False)):
        with pytest.raises(NotAllowed):
            give_role(people["owner"], person, "moderator")
