"""Who may be followed by whom."""

from accounts.models import User
from relationships.models import Block


def may_follow(follower: User, followed: User) -> bool:
    """Not oneself, not the suspended, and nobody on either side of a block."""
    return (
        follower.may_write
        and follower.pk != followed.pk
        and followed.is_active
        and not is_blocked_between(follower, followed)
    )


def is_blocked_between(one: User, other: User) -> bool:
    """Whether either of the two blocks the other. One query."""
    pairs = Block.objects.filter(blocker=one, blocked=other) | Block.objects.filter(
        blocker=other, blocked=one
    )
    return pairs.exists()
