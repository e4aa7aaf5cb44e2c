"""Who may do what with an account."""

from accounts.models import User
from accounts.roles import Permission, Role, Staff


def may_edit_profile(user: User) -> bool:
    """A profile is seen by others, so it is writing: the address must be confirmed first."""
    return user.is_local and user.may_write


def may_secure(user: User) -> bool:
    """Whoever has not proved the address may not: somebody else's could be locked to them for good."""
    return user.is_local and user.may_write


def refusal(user: User, wish: str) -> str:
    """Why somebody who may not write cannot do it, and what mends it; `wish` goes on after “you can”."""
    if user.is_frozen:
        return "Your account is frozen: you can read, but not write. Settings, Measures says why."
    return f"Confirm your e-mail address first, then you can {wish}."


def outranks(staff: Staff, user: User) -> bool:
    """Whether the one may act on the other: somebody of a higher role; an owner also on other owners."""
    if staff == user:
        return False
    return staff.staff_role == Role.OWNER or staff.staff_role.rank > user.staff_role.rank


def may_suspend(staff: Staff, user: User) -> bool:
    """Staff may, but neither themselves nor, unless of a higher role, other staff."""
    if user.state not in (User.State.ACTIVE, User.State.SUSPENDED):
        return False  # who is leaving is out of sight already
    return staff.may(Permission.SUSPEND_PEOPLE) and outranks(staff, user)


def may_restrict(staff: Staff, user: User) -> bool:
    """Limit, freeze, cover the pictures, warn: as with suspending."""
    if user.state not in (User.State.ACTIVE, User.State.SUSPENDED):
        return False
    return staff.may(Permission.TAKE_MEASURES) and outranks(staff, user)


def may_give_role(staff: User, user: User, role: Role) -> bool:
    """To those beneath oneself, and nothing above oneself; only an owner makes an owner. Confirmed people of
    this server only.
    """
    if not staff.may(Permission.GIVE_ROLES) or not outranks(staff, user) or not may_be_staff(user):
        return False
    return staff.staff_role == Role.OWNER or role.rank < staff.staff_role.rank


def may_be_staff(user: User) -> bool:
    return user.is_local and user.is_active and user.is_confirmed


def may_leave(user: User) -> bool:
    """Everybody who joined here, also before the address is confirmed."""
    return user.is_local and user.is_active


def may_name(host: str, person: User) -> bool:
    """Whether a page of that host may name the person as its author: anybody could name anybody, so only
    sites that the person trusts, and what belongs to these.
    """
    parts = host.lower().split(".")
    sites = {".".join(parts[place:]) for place in range(len(parts))}
    return not sites.isdisjoint(person.attribution_domains)
