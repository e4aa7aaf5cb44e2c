"""Who may be followed by whom, and who may write to whom."""

from accounts.models import User
from relationships.models import Block
from relationships.queries import Relation


def may_follow(follower: User, followed: User) -> bool:
    """Not oneself, not the suspended, and nobody on either side of a block."""
    return (
        follower.may_write
        and follower.pk != followed.pk
        and followed.is_active
        and not is_blocked_between(follower, followed)
    )


def may_message(recipient: User, relation: Relation) -> bool:
    """Nobody across a block, strangers as the recipient chose. `relation` is the sender's to them."""
    if not recipient.is_active or relation.blocks or relation.blocked_by:
        return False
    return recipient.messages_from == User.MessagesFrom.EVERYONE or relation.followed_by


def is_blocked_between(one: User, other: User) -> bool:
    """Whether either of the two blocks the other. One query."""
    pairs = Block.objects.filter(blocker=one, blocked=other) | Block.objects.filter(
        blocker=other, blocked=one
    )
    return pairs.exists()
