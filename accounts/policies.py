"""Who may do what with an account."""

from accounts.models import User


def may_edit_profile(user: User) -> bool:
    """A profile is seen by others, so it is writing: the address must be confirmed first."""
    return user.is_local and user.may_write


def may_secure(user: User) -> bool:
    """Whoever has not proved the address may not: somebody else's could be locked to them for good."""
    return user.is_local and user.may_write


def may_suspend(staff: User, user: User) -> bool:
    """Staff may, but neither themselves nor, unless they are superusers, other staff."""
    if user.state not in (User.State.ACTIVE, User.State.SUSPENDED):
        return False  # who is leaving is out of sight already
    return staff.is_staff and staff.is_active and staff != user and (staff.is_superuser or not user.is_staff)


def may_leave(user: User) -> bool:
    """Everybody who joined here, also before the address is confirmed."""
    return user.is_local and user.is_active
