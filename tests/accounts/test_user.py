"""The row of a person: what can never be twice, and the small facts that pages show."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_name_belongs_to_one_person_whatever_its_case(alice):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="ALICE")


def test_a_confirmed_address_belongs_to_one_person_whatever_its_case(alice):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="eve", email="Alice@Example.org", email_confirmed_at=timezone.now())


def test_several_may_claim_an_address_before_one_proves_it(alice):
    User.objects.create(username="eve", email="alice@example.org")
    User.objects.create(username="mallory", email="alice@example.org")
    assert User.objects.owning("ALICE@example.org").get() == alice


def test_nobody_owns_the_empty_address():
    User.objects.create(username="dave@other.example", email_confirmed_at=timezone.now())
    assert not User.objects.owning("").exists()


def test_a_state_nobody_knows_is_refused(alice):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=alice.pk).update(state="asleep")


def test_names_and_addresses_are_found_through_an_index(alice):
    if connection.vendor != "sqlite":
        pytest.skip("the planner of PostgreSQL scans a table this small")
    for people, index in (
        (User.objects.named("Alice"), "user_username_unique"),
        (User.objects.owning("alice@example.org"), "user_confirmed_email_unique"),
        (
            User.objects.filter(last_tweeted_at__isnull=False).order_by("-last_tweeted_at"),
            "user_last_tweeted",
        ),
    ):
        assert index in people.explain()


def test_people_are_shown_by_their_names(alice, settings):
    settings.SITE_HOST = "clone.example"
    assert (alice.shown_name, alice.handle, alice.path) == ("Alice Ashdown", "@alice", "/@alice")
    assert alice.full_handle == "@alice@clone.example"
    assert str(alice) == "@alice"


def test_remote_people_keep_their_domain():
    dave = make_user("dave@other.example")
    assert not dave.is_local
    assert (dave.handle, dave.full_handle) == ("@dave@other.example", "@dave@other.example")
    assert dave.shown_name == "dave"
    assert list(User.objects.local()) == []


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Alice Ashdown", "AA"),
        ("alice", "A"),
        ("Maria de la Cruz", "MC"),
        ("李 小龍", "%E6%9D%8E%E5%B0%8F"),
        ("-- !!", "%3F"),
        ("(Bob) <b>", "BB"),
        ("ßtraße ﬃ", "SS"),
        ("a/b ../c", "AC"),
    ],
)
def test_without_a_picture_the_initials_stand_in(name, letters):
    person = User(id=117661511974912376, username="x", display_name=name)
    assert person.avatar_url == f"/initials/{person.hue}/{letters}.svg"
    assert 0 <= person.hue < 360


def test_joined_at_is_the_moment_in_the_id(alice):
    assert abs((timezone.now() - alice.joined_at).total_seconds()) < 60


def test_only_confirmed_people_who_are_not_suspended_may_write():
    assert make_user().may_write
    assert not make_user(confirmed=False).may_write
    assert not make_user(state=User.State.SUSPENDED).may_write
