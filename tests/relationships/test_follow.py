"""Following and unfollowing."""

import pytest
from django.db import IntegrityError

from accounts.models import User
from common.errors import NotAllowed
from events.catalogue import FollowRequested, UserFollowed, UserUnfollowed
from relationships.actions import block_user, follow_user, remove_follower, unfollow_user
from relationships.models import Follow, FollowRequest
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def counts(person: User) -> tuple[int, int]:
    """Followers, following."""
    found = User.objects.get(pk=person.pk)
    return found.followers_count, found.following_count


def test_it_counts_on_both_sides_and_is_announced(alice, bob, announced):
    with announced() as events:
        follow_user(alice, bob)
    assert counts(alice) == (0, 1)
    assert counts(bob) == (1, 0)
    assert events == [UserFollowed(follower_id=alice.id, followed_id=bob.id)]


def test_twice_is_harmless_and_keeps_the_wishes(alice, bob, announced):
    follow_user(alice, bob, notifies=True)
    with announced() as events:
        again = follow_user(alice, bob)
    assert again.notifies
    assert counts(bob) == (1, 0)
    assert events == []


def test_wishes_can_be_changed(alice, bob):
    follow_user(alice, bob)
    follow_user(alice, bob, shows_retweets=False, notifies=True)
    follow = Follow.objects.get()
    assert follow.notifies
    assert not follow.shows_retweets


def test_unfollowing_is_undone_on_both_sides_once(alice, bob, announced):
    follow_user(alice, bob)
    with announced() as events:
        unfollow_user(alice, bob)
        unfollow_user(alice, bob)
    assert counts(alice) == counts(bob) == (0, 0)
    assert events == [UserUnfollowed(follower_id=alice.id, followed_id=bob.id)]


def test_a_follower_can_be_removed(alice, bob):
    follow_user(alice, bob)
    remove_follower(bob, alice)
    remove_follower(bob, alice)
    assert not Follow.objects.exists()
    assert counts(bob) == (0, 0)


def test_a_locked_account_is_asked(alice, announced):
    shy = make_user("shy", is_locked=True)
    with announced() as events:
        follow_user(alice, shy, notifies=True)
        follow_user(alice, shy)
    assert not Follow.objects.exists()
    assert FollowRequest.objects.get().notifies
    assert events == [FollowRequested(follower_id=alice.id, followed_id=shy.id)]
    unfollow_user(alice, shy)
    assert not FollowRequest.objects.exists()


def test_who_followed_before_the_lock_stays(alice, bob):
    follow_user(alice, bob)
    bob.is_locked = True
    assert isinstance(follow_user(alice, bob, notifies=True), Follow)


def test_not_oneself(alice):
    with pytest.raises(NotAllowed):
        follow_user(alice, alice)
    with pytest.raises(IntegrityError):
        Follow.objects.create(follower=alice, followed=alice)


@pytest.mark.parametrize("blocked_by_me", [True, False])
def test_not_across_a_block(alice, bob, blocked_by_me):
    block_user(*((alice, bob) if blocked_by_me else (bob, alice)))
    with pytest.raises(NotAllowed):
        follow_user(alice, bob)


def test_not_the_suspended_and_not_before_the_address_is_confirmed(alice, bob):
    with pytest.raises(NotAllowed):
        follow_user(alice, make_user("gone", state=User.State.SUSPENDED))
    with pytest.raises(NotAllowed):
        follow_user(make_user("newcomer", confirmed=False), bob)
