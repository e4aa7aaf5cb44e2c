"""suspend_user, restore_user: staff shut people out and let them in again."""

import pytest

from accounts.actions import restore_user, suspend_user
from accounts.models import User
from common.errors import NotAllowed
from events.catalogue import UserRestored, UserSuspended
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_staff_suspend_and_restore(staff, alice, announced):
    with announced() as events:
        suspend_user(staff, alice)
        suspend_user(staff, alice)
    assert events == [UserSuspended(alice.id)]
    alice.refresh_from_db()
    assert not alice.is_active
    with announced() as events:
        restore_user(staff, alice)
        restore_user(staff, alice)
    assert events == [UserRestored(alice.id)]
    assert alice.is_active


def test_people_cannot_suspend_each_other(alice, bob):
    with pytest.raises(NotAllowed):
        suspend_user(alice, bob)
    bob.refresh_from_db()
    assert bob.is_active


def test_staff_suspend_neither_themselves_nor_each_other(staff):
    helper, other = make_user(is_staff=True), make_user(is_staff=True)
    for actor, person in ((staff, staff), (helper, other), (helper, staff)):
        with pytest.raises(NotAllowed):
            suspend_user(actor, person)
    suspend_user(staff, helper)
    assert not User.objects.get(pk=helper.pk).is_active


def test_suspended_staff_have_no_say(staff, alice):
    helper = make_user(is_staff=True, state=User.State.SUSPENDED)
    with pytest.raises(NotAllowed):
        suspend_user(helper, alice)
