"""Questions about people."""

import pytest

from accounts.models import User
from accounts.queries import by_handle, claimant_of, is_taken, owner_of, people_count
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_people_are_found_whatever_the_case(alice, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert by_handle("ALICE") == alice
    assert by_handle("nobody") is None
    assert by_handle("") is None


def test_who_never_confirmed_is_seen_by_nobody_else(alice):
    nora = make_user("nora", confirmed=False)
    assert by_handle("nora") is None
    assert by_handle("nora", alice) is None
    assert by_handle("nora", nora) == nora
    assert is_taken("Nora")


def test_remote_people_are_seen():
    dave = make_user("dave@other.example", confirmed=False)
    assert by_handle("dave@OTHER.example") == dave


def test_the_people_of_this_server_are_counted(alice, bob):
    make_user(confirmed=False)
    make_user("dave@other.example")
    User.objects.filter(pk=bob.pk).update(state=User.State.SUSPENDED)
    assert people_count() == 1


def test_a_nul_in_a_name_finds_nobody(alice):
    assert by_handle("alice\x00") is None
    assert owner_of("alice@example.org\x00") is None
    assert claimant_of("alice@example.org\x00") is None
