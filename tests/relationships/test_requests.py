"""Answering follow requests."""

import pytest

from common.errors import NotFound
from events.catalogue import FollowRefused, UserFollowed
from relationships.actions import accept_every_request, accept_follow, follow_user, refuse_follow
from relationships.models import Follow, FollowRequest
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def shy():
    return make_user("shy", is_locked=True)


def test_accepting_lets_them_follow_as_they_wished(alice, shy, announced):
    follow_user(alice, shy, notifies=True)
    with announced() as events:
        accept_follow(shy, alice)
    assert Follow.objects.get(follower=alice, followed=shy).notifies
    assert not FollowRequest.objects.exists()
    assert events == [UserFollowed(follower_id=alice.id, followed_id=shy.id)]


def test_nobody_is_let_in_who_does_not_ask(alice, shy):
    with pytest.raises(NotFound):
        accept_follow(shy, alice)
    follow_user(alice, shy)
    with pytest.raises(NotFound):
        accept_follow(alice, shy)
    assert not Follow.objects.exists()


def test_refusing_leaves_nothing_and_twice_is_harmless(alice, shy, announced):
    follow_user(alice, shy)
    with announced() as events:
        refuse_follow(shy, alice)
        refuse_follow(shy, alice)
    assert not FollowRequest.objects.exists()
    assert not Follow.objects.exists()
    assert events == [FollowRefused(follower_id=alice.id, followed_id=shy.id)]


def test_unlocking_lets_everybody_in(alice, bob, shy):
    follow_user(alice, shy)
    follow_user(bob, shy)
    assert accept_every_request(shy) == 2
    assert Follow.objects.filter(followed=shy).count() == 2
    shy.refresh_from_db()
    assert shy.followers_count == 2
