"""Queries written once: they answer as the ORM would, whatever values they are given."""

from datetime import timedelta

import pytest
from django.db.models import CharField, Value
from django.utils import timezone

from accounts.models import User
from common.prepared import Prepared
from relationships.models import Block
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_it_answers_for_each_value(alice, bob):
    named = Prepared(lambda an_id: User.objects.filter(pk=an_id).values_list("username", "is_locked"))
    assert named.rows(an_id=alice.id) == [("alice", False)]
    assert named.rows(an_id=bob.id) == [("bob", False)]
    assert named.rows(an_id=5) == []


@pytest.mark.parametrize("number", [1, 2, 3, 5, 8, 21])
def test_lists_may_have_any_length(alice, number):
    people = Prepared(lambda ids, but: User.objects.filter(pk__in=ids).exclude(pk=but).values_list("id"))
    ids = [make_user().id for _ in range(number)]
    assert {an_id for (an_id,) in people.rows(but=alice.id, ids=[alice.id, *ids])} == set(ids)


def test_what_belongs_to_an_instance_is_loaded_with_it(alice, bob, django_assert_num_queries):
    blocks = Prepared(lambda an_id: Block.objects.select_related("blocker", "blocked").filter(pk=an_id))
    row = Block.objects.create(blocker=alice, blocked=bob)
    with django_assert_num_queries(1):
        (found,) = blocks.instances(Block, an_id=row.pk)
        assert (found, found.blocker, found.blocked) == (row, alice, bob)
        assert found.blocked.email == bob.email
        assert not found.get_deferred_fields()


def test_a_list_of_one_is_not_taken_for_none(alice, bob):
    def build(ids, but):
        found = User.objects.filter(pk__in=ids) if ids else User.objects.all()
        return found.exclude(pk__in=but).values_list("id") if but else found.values_list("id")

    people = Prepared(build)
    assert people.rows(ids=[alice.id], but=None) == [(alice.id,)]
    assert people.rows(ids=None, but=[alice.id]) == [(bob.id,)]


def test_lists_may_hold_texts(alice, bob):
    people = Prepared(lambda names: User.objects.filter(username__in=names).order_by("id").values_list("id"))
    assert people.rows(names=["alice", "bob", "nobody"]) == [(alice.id,), (bob.id,)]
    assert people.rows(names=["bob"]) == [(bob.id,)]


def test_few_lengths_are_written_and_no_value_is(alice, django_assert_num_queries):
    calls = []

    def build(ids):
        calls.append(ids)
        return User.objects.filter(pk__in=ids).values_list("id")

    people = Prepared(build)
    with django_assert_num_queries(4):
        assert [people.rows(ids=[alice.id] * number) for number in (5, 6, 7, 8)] == [[(alice.id,)]] * 4
    assert len(calls) == 2  # one shape, written with two sets of stand-ins
    assert alice.id not in calls[0] + calls[1]


def test_nobody_is_another_shape_than_somebody(alice):
    def build(an_id):
        people = User.objects.values_list("id")
        return people.none() if an_id == 0 else people if an_id is None else people.filter(pk=an_id)

    people = Prepared(build)
    make_user()
    assert len(people.rows(an_id=None)) == 2
    assert people.rows(an_id=alice.id) == [(alice.id,)]


def test_moments_and_truth_come_back_as_themselves(alice):
    since = Prepared(
        lambda moment: User.objects.filter(email_confirmed_at__gt=moment).values_list(
            "id", "email_confirmed_at", "is_staff"
        )
    )
    (row,) = since.rows(moment=alice.email_confirmed_at - timedelta(seconds=1))
    assert row == (alice.id, alice.email_confirmed_at, False)
    assert row[2] is False
    assert since.rows(moment=timezone.now() + timedelta(hours=1)) == []


def test_what_changes_by_itself_cannot_be_prepared(alice):
    watched = Prepared(
        lambda an_id: User.objects.filter(pk=an_id, email_confirmed_at__lt=timezone.now()).values_list("id")
    )
    with pytest.raises(RuntimeError, match="more than the values"):
        watched.rows(an_id=alice.id)


def test_a_value_that_is_not_asked_for_is_a_mistake(alice):
    forgetful = Prepared(lambda an_id: User.objects.values_list("id"))
    with pytest.raises(RuntimeError, match="more than the values"):
        forgetful.rows(an_id=alice.id)


def test_rows_may_be_instances_with_the_rest_left_for_later(alice, django_assert_num_queries):
    people = Prepared(lambda an_id: User.objects.only("username", "is_staff").filter(pk=an_id))
    (person,) = people.instances(User, an_id=alice.id)
    with django_assert_num_queries(0):
        assert (person, person.username, person.is_staff) == (alice, "alice", False)
    with django_assert_num_queries(1):
        assert person.email == alice.email


def test_texts_are_values_too(alice, bob):
    named = Prepared(lambda name: User.objects.filter(username=name).values_list("id"))
    assert named.rows(name="alice") == [(alice.id,)]
    assert named.rows(name="bob") == [(bob.id,)]
    assert named.rows(name="' OR 1=1 --%s") == []


def test_what_is_fixed_stands_in_the_sql_whatever_it_is(alice, bob, django_assert_num_queries):
    """So the database knows which index has only these rows, before it hears a value."""
    User.objects.filter(pk=alice.pk).update(display_name="100 % o'clock")

    def build(but, text):
        said = Value("50 %s '%%'", CharField())
        found = User.objects.filter(display_name="100 % o'clock", is_limited=False).exclude(pk=but)
        return found.exclude(username=text).values_list("id", said)

    named = Prepared(build)
    with django_assert_num_queries(1) as asked:
        assert named.rows(but=bob.pk, text="it's 5 %") == [(alice.id, "50 %s '%%'")]
    assert "100 % o''clock" in asked[0]["sql"]
    assert named.rows(but=alice.pk, text="x") == []
