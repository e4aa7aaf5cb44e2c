"""Lists of people: made, changed, deleted, and who is on them."""

import pytest
from django.db import IntegrityError, transaction

from accounts.actions import restore_user, suspend_user
from common.errors import Invalid, NotAllowed, NotFound
from events.catalogue import ListChanged, ListCreated, ListDeleted, PersonListed, PersonUnlisted
from relationships.actions import block_user, follow_user, remove_follower, unfollow_user
from relationships.models import Follow
from tests.factories import make_user
from timelines.actions import (
    add_to_list,
    choose_lists,
    create_list,
    delete_list,
    remove_from_list,
    update_list,
)
from timelines.models import ListMember, PeopleList
from timelines.queries import list_for, lists_of, lists_with, members_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def friends(alice, bob):
    """Alice's list; she follows Bob, who is not on it yet."""
    follow_user(alice, bob)
    return create_list(alice, "Friends")


def people_on(people_list):
    return [member.person for member in members_of(people_list)]


def test_making_one(alice, announced):
    with announced() as events:
        people_list = create_list(alice, "  Old   friends\n", replies="nobody", is_exclusive=True)
    assert people_list.title == "Old friends"
    assert people_list.replies == "nobody"
    assert people_list.is_exclusive
    assert events == [ListCreated(people_list.id, alice.id)]


@pytest.mark.parametrize(
    ("title", "replies", "field"),
    [
        (" \n", "members", "title"),
        ("x" * 51, "members", "title"),
        ("x", "all", "replies"),
        ("\0", "members", "title"),
    ],
)
def test_what_is_no_list_is_refused(alice, friends, title, replies, field):
    with pytest.raises(Invalid) as refusal:
        create_list(alice, title, replies=replies)
    assert refusal.value.field == field
    with pytest.raises(Invalid):
        update_list(alice, friends, title=title, replies=replies, is_exclusive=False)
    assert [one.title for one in lists_of(alice)] == ["Friends"]


def test_the_unconfirmed_make_none():
    with pytest.raises(NotAllowed):
        create_list(make_user("uma", confirmed=False), "Friends")


def test_there_are_so_many_lists_and_people_at_most(alice, bob, carol, friends, settings):
    settings.LISTS_MAX, settings.LIST_MEMBERS_MAX = 2, 1
    create_list(alice, "Second")
    with pytest.raises(Invalid, match="2 lists"):
        create_list(alice, "Third")
    follow_user(alice, carol)
    add_to_list(alice, friends, bob)
    add_to_list(alice, friends, bob)
    with pytest.raises(Invalid, match="holds 1"):
        add_to_list(alice, friends, carol)
    assert people_on(friends) == [bob]


def test_changing_and_deleting(alice, bob, friends, announced):
    add_to_list(alice, friends, bob)
    with announced() as events:
        for _ in range(2):
            update_list(alice, friends, title="Close friends", replies="followed", is_exclusive=True)
        delete_list(alice, friends)
    assert events == [
        ListChanged(friends.id, alice.id, changes_home=True),
        ListChanged(friends.id, alice.id, changes_home=False),
        ListDeleted(friends.id, alice.id, changes_home=True),
    ]
    assert not ListMember.objects.exists()
    assert Follow.objects.filter(follower=alice, followed=bob).exists()
    with pytest.raises(NotFound):
        delete_list(alice, friends)


def test_adding_and_removing_twice_is_harmless(alice, bob, friends, announced):
    with announced() as events:
        for deed in (add_to_list, add_to_list, remove_from_list, remove_from_list):
            deed(alice, friends, bob)
    assert events == [
        PersonListed(friends.id, alice.id, bob.id, changes_home=False),
        PersonUnlisted(friends.id, alice.id, bob.id, changes_home=False),
    ]


def test_only_who_is_followed_can_be_on_it(alice, carol, friends):
    for stranger in (carol, alice):
        with pytest.raises(Invalid, match="do not follow"):
            add_to_list(alice, friends, stranger)


def test_others_find_no_list(alice, bob, carol, friends):
    follow_user(carol, bob)
    for deed in (
        lambda: add_to_list(carol, friends, bob),
        lambda: remove_from_list(carol, friends, bob),
        lambda: update_list(carol, friends, title="Mine", replies="members", is_exclusive=False),
        lambda: delete_list(carol, friends),
        lambda: list_for(carol, friends.id),
        lambda: list_for(alice, friends.id + 1),
    ):
        with pytest.raises(NotFound, match="This list does not exist"):
            deed()
    choose_lists(carol, bob, {friends.id})
    assert people_on(friends) == []
    assert PeopleList.objects.get().title == "Friends"


@pytest.mark.parametrize(
    "end",
    [
        lambda alice, bob: unfollow_user(alice, bob),
        lambda alice, bob: remove_follower(bob, alice),
        lambda alice, bob: block_user(alice, bob),
        lambda alice, bob: block_user(bob, alice),
    ],
    ids=["unfollowing", "being removed", "blocking", "being blocked"],
)
def test_who_is_no_longer_followed_is_no_longer_on_it(alice, bob, friends, end):
    add_to_list(alice, friends, bob)
    end(alice, bob)
    assert people_on(friends) == []
    assert lists_with(alice, bob) == set()


def test_the_database_lets_nobody_be_on_it_twice(alice, bob, friends):
    add_to_list(alice, friends, bob)
    with pytest.raises(IntegrityError), transaction.atomic():
        ListMember.objects.create(people_list=friends, follow=Follow.objects.get())


def test_choosing_all_lists_of_one_person(alice, bob, carol, friends, settings):
    second, third = create_list(alice, "Second"), create_list(alice, "Third")
    add_to_list(alice, friends, bob)
    for _ in range(2):
        choose_lists(alice, bob, {second.id, third.id, 999})
        assert lists_with(alice, bob) == {second.id, third.id}
    settings.LIST_MEMBERS_MAX = 1
    follow_user(alice, carol)
    with pytest.raises(Invalid):
        choose_lists(alice, carol, {friends.id, third.id})
    assert lists_with(alice, carol) == set()


def test_who_is_suspended_is_on_no_list_until_they_are_back(staff, alice, bob, friends):
    add_to_list(alice, friends, bob)
    suspend_user(staff, bob)
    assert people_on(friends) == []
    assert [one.people_count for one in lists_of(alice)] == [0]
    restore_user(staff, bob)
    assert people_on(friends) == [bob]
    assert [one.people_count for one in lists_of(alice)] == [1]
