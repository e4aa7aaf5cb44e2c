"""What stands between people."""

import pytest

from accounts.actions import suspend_user
from common.errors import Invalid
from relationships.actions import block_user, follow_user, mute_user, write_note
from relationships.models import PersonNote
from relationships.queries import (
    Relation,
    followed_by,
    followers_of,
    hidden_from,
    relation_map,
    relation_to,
    requests_to,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_relation_tells_both_directions(alice, bob):
    follow_user(alice, bob, notifies=True, shows_retweets=False)
    mute_user(alice, bob, hides_notifications=False)
    write_note(alice, bob, "met in Oslo")
    assert relation_to(alice, bob) == Relation(
        follows=True, notifies=True, shows_retweets=False, mutes=True, note="met in Oslo"
    )
    assert relation_to(bob, alice) == Relation(followed_by=True)


def test_requests_and_blocks_are_told_apart(alice, bob):
    shy = make_user("shy", is_locked=True)
    follow_user(alice, shy)
    block_user(bob, alice)
    assert relation_to(alice, shy) == Relation(asked=True)
    assert relation_to(shy, alice) == Relation(asked_by=True)
    assert relation_to(alice, bob) == Relation(blocked_by=True)
    assert relation_to(bob, alice) == Relation(blocks=True)


@pytest.mark.parametrize("number", [3, 30])
def test_many_people_cost_what_few_do(alice, number, django_assert_num_queries):
    people = [make_user() for _ in range(number)]
    for person in people:
        follow_user(alice, person)
    with django_assert_num_queries(5):
        relations = relation_map(alice, [person.id for person in people])
    assert all(relation.follows for relation in relations.values())


def test_hidden_are_the_blocked_either_way_and_the_muted(alice, bob, carol):
    dora = make_user("dora")
    block_user(alice, bob)
    block_user(carol, alice)
    mute_user(alice, dora)
    assert hidden_from(alice) == {bob.id, carol.id, dora.id}
    assert hidden_from(dora) == set()


def test_lists_show_the_latest_first_without_the_suspended(alice, bob, carol, staff):
    follow_user(bob, alice)
    follow_user(carol, alice)
    assert [row.follower for row in followers_of(alice)] == [carol, bob]
    assert [row.followed for row in followed_by(bob)] == [alice]
    suspend_user(staff, carol)
    assert [row.follower for row in followers_of(alice)] == [bob]
    assert list(requests_to(alice)) == []


def test_notes_are_kept_changed_and_forgotten(alice, bob):
    write_note(alice, bob, " first ")
    write_note(alice, bob, "second")
    assert PersonNote.objects.get().text == "second"
    write_note(alice, bob, "  ")
    assert not PersonNote.objects.exists()
    with pytest.raises(Invalid):
        write_note(alice, bob, "x" * 2001)
