"""Who may invite, and who decides about joining."""

from accounts.models import User
from accounts.roles import Permission
from joining.models import JoiningPolicy


def may_manage(staff: User) -> bool:
    """Staff whose role has the permission."""
    return staff.may(Permission.DECIDE_JOINING)


def may_invite(user: User, policy: JoiningPolicy) -> bool:
    """Staff who decide about joining; everybody, where the policy says so."""
    if policy.mode == JoiningPolicy.Mode.CLOSED or not user.may_write:
        return False
    return policy.people_invite or may_manage(user)
