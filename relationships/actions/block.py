"""Blocking: neither sees the other any more."""

from django.db import transaction

from accounts.actions import lock_people
from accounts.models import User
from common.errors import NotAllowed
from events.bus import publish
from events.catalogue import UserBlocked, UserUnblocked
from relationships.actions.follow import end_follow
from relationships.models import Block, FollowRequest


@transaction.atomic
def block_user(blocker: User, blocked: User) -> Block:
    """Block someone; follows and requests both ways end. Twice is harmless. Raises NotAllowed for oneself."""
    if blocker.pk == blocked.pk:
        raise NotAllowed("You cannot block yourself.")
    lock_people(blocker.pk, blocked.pk)
    block, created = Block.objects.get_or_create(blocker=blocker, blocked=blocked)
    if created:
        for one, other in ((blocker, blocked), (blocked, blocker)):
            FollowRequest.objects.filter(follower=one, followed=other).delete()
            end_follow(one, other)
        publish(UserBlocked(blocker_id=blocker.id, blocked_id=blocked.id))
    return block


@transaction.atomic
def unblock_user(blocker: User, blocked: User) -> None:
    """End a block; what ended with its beginning stays ended. Twice is harmless."""
    ended, _ = Block.objects.filter(blocker=blocker, blocked=blocked).delete()
    if ended:
        publish(UserUnblocked(blocker_id=blocker.id, blocked_id=blocked.id))
