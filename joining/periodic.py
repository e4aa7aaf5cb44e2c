"""What the clock does with invites."""

from joining import actions


def forget_invites(dry_run: bool = False) -> int:
    """Invites that ended long ago, and by which nobody came."""
    return actions.forget_invites(dry_run=dry_run)
