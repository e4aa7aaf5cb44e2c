"""Who is let in no more is out at once."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.actions import change_password, leave, restore_user, stay, suspend_user
from clients.actions import end_app_of, note_use, register_app, save_code, save_token
from clients.models import AccessToken, App, AuthorizationCode
from clients.periodic import forget_codes, forget_unused
from clients.queries import access_by, apps_of
from events.catalogue import AccessEnded
from tests.clients.conftest import CALLBACK

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(alice, registered):
    return save_token(registered.app, alice, "alices-key", "read")


def test_a_new_password_ends_all_access(alice, bob, registered, token, events_happen):
    save_code(registered.app, alice, "a code", redirect_uri=CALLBACK, granted="read")
    save_token(registered.app, bob, "bobs-key", "read")

    with events_happen():
        change_password(alice, "another horse battery")

    assert access_by("alices-key") is None
    assert access_by("bobs-key").user == bob
    assert not AuthorizationCode.objects.filter(user=alice).exists()


def test_a_suspended_person_is_out_until_the_suspension_is_lifted(alice, staff, token):
    suspend_user(staff, alice)
    assert access_by("alices-key") is None

    restore_user(staff, alice)
    assert access_by("alices-key").user == alice


def test_a_person_who_leaves_is_out_and_in_again_when_they_stay(alice, token):
    leave(alice)
    assert access_by("alices-key") is None

    stay(alice)
    assert access_by("alices-key").user == alice


def test_one_app_is_shown_the_door(alice, bob, registered, token, announced):
    other, _ = register_app("Other", [CALLBACK])
    save_token(other, alice, "other-key", "read")
    save_token(registered.app, bob, "bobs-key", "read")

    with announced() as events:
        end_app_of(alice, registered.app.pk)
        end_app_of(alice, registered.app.pk)  # twice is harmless

    assert events == [AccessEnded(token.pk, alice.pk)]
    assert access_by("alices-key") is None
    assert access_by("other-key") is not None
    assert access_by("bobs-key") is not None


def test_somebody_elses_app_is_not_ones_own_to_end(bob, registered, token):
    end_app_of(bob, registered.app.pk)
    assert access_by("alices-key") is not None


def test_the_apps_of_a_person_each_once(alice, registered, token, django_assert_num_queries):
    save_token(registered.app, alice, "second-key", "read")
    with django_assert_num_queries(1):
        (row,) = apps_of(alice)
    assert (row.name, row.scopes, row.used_at) == ("Tusk", "read", None)


def test_its_use_is_noted_once_an_hour(alice, token, django_assert_num_queries):
    note_use(token.pk, None)
    used_at = AccessToken.objects.get().used_at
    with django_assert_num_queries(0):
        note_use(token.pk, used_at)
    note_use(token.pk, used_at - timedelta(hours=2))
    assert AccessToken.objects.get().used_at > used_at


def test_access_is_one_query(alice, token, django_assert_num_queries):
    access_by("alices-key")
    with django_assert_num_queries(1):
        access_by("alices-key")


def test_apps_nobody_lets_in_are_forgotten(alice, registered, token, settings):
    register_app("Unused", [CALLBACK])
    with time_machine.travel(timezone.now() + timedelta(days=settings.OAUTH_UNUSED_APP_DAYS + 1)):
        register_app("Fresh", [CALLBACK])
        forget_unused()
    assert set(App.objects.values_list("name", flat=True)) == {"Tusk", "Fresh"}


def test_old_codes_are_forgotten(alice, registered):
    save_code(registered.app, alice, "a code", redirect_uri=CALLBACK, granted="read")
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        forget_codes()
    assert not AuthorizationCode.objects.exists()
