"""Blocking."""

import pytest

from accounts.models import User
from common.errors import NotAllowed
from events.catalogue import UserBlocked, UserUnblocked, UserUnfollowed
from relationships.actions import block_user, follow_user, unblock_user
from relationships.models import Block, Follow, FollowRequest
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_it_ends_follows_and_requests_both_ways(alice, announced):
    shy = make_user("shy", is_locked=True)
    follow_user(shy, alice)
    follow_user(alice, shy)
    with announced() as events:
        block_user(alice, shy)
        block_user(alice, shy)
    assert not Follow.objects.exists()
    assert not FollowRequest.objects.exists()
    assert User.objects.get(pk=alice.pk).followers_count == 0
    assert events == [UserUnfollowed(shy.id, alice.id), UserBlocked(alice.id, shy.id)]


def test_unblocking_brings_nothing_back(alice, bob, announced):
    follow_user(alice, bob)
    block_user(bob, alice)
    with announced() as events:
        unblock_user(bob, alice)
        unblock_user(bob, alice)
    assert not Block.objects.exists()
    assert not Follow.objects.exists()
    assert events == [UserUnblocked(bob.id, alice.id)]


def test_not_oneself(alice):
    with pytest.raises(NotAllowed):
        block_user(alice, alice)
