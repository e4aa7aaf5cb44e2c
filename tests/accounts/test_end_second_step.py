"""`manage.py end_second_step`, and the same by staff in the admin."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.queries import has_second_step
from tests.second_steps import set_up_app

pytestmark = pytest.mark.django_db


def test_whoever_lost_everything_signs_in_with_the_password_again(alice):
    set_up_app(alice)
    out = StringIO()
    call_command("end_second_step", "@Alice", stdout=out)
    assert not has_second_step(alice)
    assert "@alice signs in with the password alone" in out.getvalue()
    with pytest.raises(CommandError, match="no second step"):
        call_command("end_second_step", "alice")


def test_nobody_by_that_name(db):
    with pytest.raises(CommandError, match="nobody called ghost"):
        call_command("end_second_step", "ghost")


def test_staff_do_it_in_the_admin(staff, proved, alice, bob):
    set_up_app(alice)
    sent = {"action": "end_second_steps", "_selected_action": [alice.pk, bob.pk]}
    answer = proved(staff).post(reverse("admin:accounts_user_changelist"), sent, follow=True)
    assert "Two-step sign-in of 1 person is off." in answer.content.decode()
    assert not has_second_step(alice)


def test_keys_cannot_be_looked_at_in_the_admin(staff, as_person):
    assert as_person(staff).get("/admin/mfa/authenticator/").status_code == 404
