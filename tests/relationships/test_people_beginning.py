"""Who is found while a name is typed, and in which order."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import note_names, register_user, suspend_user, update_profile
from accounts.models import NameWord, User
from relationships.actions import block_user, follow_user
from relationships.queries import people_beginning
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def found(viewer, typed, limit=6) -> list[str]:
    return [person.username for person in people_beginning(viewer, typed, limit)]


@pytest.mark.parametrize("typed", ["bo", "BOB", "bob_the", "mar", "Marley", "élo", "elo", "Čap"])
def test_the_user_name_and_every_word_of_the_shown_name_begin_so(alice, typed):
    make_user("bob_the_builder", display_name="Élodie Marley (Čapek)")
    assert found(alice, typed) == ["bob_the_builder"]


@pytest.mark.parametrize("typed", ["", "the", "arley", "bo%", "b_b", "\\", "'", "\0", "bobb", "x" * 5000])
def test_nothing_else_finds_them(alice, bob, typed):
    assert found(alice, typed) == []


def test_first_whom_one_follows_then_those_whom_many_follow(alice):
    few, many, friend, other = (make_user(f"ann_{name}") for name in ("few", "many", "friend", "other"))
    follow_user(alice, friend)
    User.objects.filter(pk=few.pk).update(followers_count=3)
    User.objects.filter(pk=many.pk).update(followers_count=300)
    User.objects.filter(pk=other.pk).update(followers_count=1)
    assert found(alice, "ann") == ["ann_friend", "ann_many", "ann_few", "ann_other"]
    assert found(alice, "ann", limit=2) == ["ann_friend", "ann_many"]


def test_the_well_known_are_found_although_very_many_begin_so(alice, settings):
    settings.SUGGESTIONS_READ = 5
    for number in range(20):
        make_user(f"kim{number:02}")
    star = make_user("kimzz")
    User.objects.filter(pk=star.pk).update(followers_count=5000)
    assert found(alice, "kim", limit=3)[0] == "kimzz"


def test_nobody_who_cannot_be_met(alice, bob, carol, staff):
    make_user("sam_unconfirmed", confirmed=False)
    suspend_user(staff, make_user("sam_suspended"))
    block_user(alice, make_user("sam_blocked"))
    block_user(make_user("sam_blocks"), alice)
    make_user("sam_remote@other.example", confirmed=False)
    assert found(alice, "sam") == ["sam_remote@other.example"]
    assert found(alice, "alice") == []


def test_a_new_name_replaces_the_old_one(alice, bob):
    profile = {"bio": "", "location": "", "website": ""}
    update_profile(bob, display_name="Robert Zimmermann", **profile)
    assert found(alice, "zim") == ["bob"]
    update_profile(bob, display_name="Robert", **profile)
    assert (found(alice, "zim"), found(alice, "rob")) == ([], ["bob"])


def test_who_joins_is_noted_and_noting_twice_changes_nothing(db):
    person = register_user("dana", "dana@example.org", None, "Dana Dane")
    note_names(person)
    assert sorted(NameWord.objects.filter(person=person).values_list("word", flat=True)) == ["dana", "dane"]


def test_it_asks_as_often_for_many_as_for_few(alice):
    make_user("zoe1")
    with CaptureQueriesContext(connection) as few:
        people_beginning(alice, "zoe", 6)
    for number in range(2, 30):
        make_user(f"zoe{number}")
    with CaptureQueriesContext(connection) as many:
        assert len(people_beginning(alice, "zoe", 6)) == 6
    assert len(few) == len(many) == 3


def test_the_beginning_is_read_from_an_index(alice, bob):
    people_beginning(alice, "bo", 6)
    with CaptureQueriesContext(connection) as asked:
        people_beginning(alice, "bo", 6)
    if connection.vendor != "sqlite":
        return  # PostgreSQL weighs how much there is, and reads so small a table as a whole
    for query in asked.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + query["sql"].replace("%", "%%"))
            plan = [row[3] for row in cursor.fetchall()]
        assert not [step for step in plan if step.startswith("SCAN accounts_")], plan
