"""LocalPeople: who gets in, by which name, and how long the answer takes."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import RequestFactory

from accounts.actions import confirm_email, register_user
from accounts.backends import LocalPeople
from accounts.models import User
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "login", ["alice", "ALICE", "@alice", " alice ", "alice@example.org", "Alice@Example.org"]
)
def test_name_and_address_both_open_the_door(alice, login):
    assert authenticate(username=login, password=PASSWORD) == alice


@pytest.mark.parametrize(
    "login", ["alice", "alice@example.org", "nobody", "nobody@example.org", "", "@", "a\x00b"]
)
def test_a_wrong_password_never_does(alice, login):
    assert authenticate(username=login, password="wrong") is None
    assert authenticate(username=login, password="") is None


def test_a_name_beats_someone_elses_claimed_address(alice):
    """Nobody gets into an account by claiming its owner's address."""
    eve = register_user("eve", alice.email, "eves password")
    assert authenticate(username=alice.email, password=PASSWORD) == alice
    assert authenticate(username=alice.email, password="eves password") == eve


def test_newcomers_get_in_before_they_confirm():
    nora = register_user("nora", "nora@example.org", PASSWORD)
    assert authenticate(username="nora", password=PASSWORD) == nora
    assert authenticate(username="nora@example.org", password=PASSWORD) == nora
    confirm_email(nora)
    assert authenticate(username="nora@example.org", password=PASSWORD) == nora


def test_remote_people_cannot_sign_in_here():
    make_user("dave@other.example")
    for login in ("dave@other.example", "dave", "@dave@other.example"):
        assert authenticate(username=login, password=PASSWORD) is None


def test_suspended_people_are_refused_and_told_so_only_with_the_right_password(alice):
    User.objects.filter(pk=alice.pk).update(state=User.State.SUSPENDED)
    wrong, right = RequestFactory().post("/login/"), RequestFactory().post("/login/")
    assert authenticate(wrong, username="alice", password="wrong") is None
    assert authenticate(right, username="alice", password=PASSWORD) is None
    assert not hasattr(wrong, "suspended")
    assert right.suspended


@pytest.mark.parametrize(
    ("known", "unknown"),
    [("alice", "nobody"), ("alice@example.org", "nobody@example.org"), ("ghost", "nobody")],
)
def test_the_answer_takes_as_many_hashes_whether_or_not_there_is_an_account(
    alice, monkeypatch, known, unknown
):
    make_user("ghost").set_unusable_password()
    counted: list[str] = []
    encode = MD5PasswordHasher.encode

    def counting(self, password, salt):
        counted.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    authenticate(username=known, password="wrong")
    for_known = len(counted)
    counted.clear()
    authenticate(username=unknown, password="wrong")
    assert len(counted) == for_known > 0


def test_the_person_behind_a_session_costs_one_query(alice, django_assert_num_queries):
    with django_assert_num_queries(1):
        person = LocalPeople().get_user(alice.pk)
        assert (person.shown_name, person.may_write, person.is_staff) == ("Alice Ashdown", True, False)
        assert person.avatar_url
        assert person.get_session_auth_hash()


def test_nobody_is_behind_the_session_of_someone_suspended_or_remote(alice):
    User.objects.filter(pk=alice.pk).update(state=User.State.SUSPENDED)
    assert LocalPeople().get_user(alice.pk) is None
    assert LocalPeople().get_user(make_user("dave@other.example").pk) is None
    assert LocalPeople().get_user(1) is None


def test_passwords_are_kept_with_argon2id(settings):
    settings.PASSWORD_HASHERS = ["accounts.hashers.Argon2"]
    user = make_user()
    assert user.password.startswith("argon2$argon2id$v=19$m=19456,t=3,p=1$")
    assert user.check_password(PASSWORD)
    assert not user.check_password("wrong")
