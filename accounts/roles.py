"""What staff may do, by name: the one table of roles and permissions."""

from enum import StrEnum
from typing import Protocol

from django.db import models


class Role(models.TextChoices):
    """Who runs the server, from nobody to everybody's superior."""

    MEMBER = "", "Member"
    MODERATOR = "moderator", "Moderator"
    ADMIN = "admin", "Administrator"
    OWNER = "owner", "Owner"

    @property
    def rank(self) -> int:
        return list(Role).index(self)


class Permission(StrEnum):
    """Named for what one does with it."""

    HANDLE_REPORTS = "handle reports"
    TAKE_MEASURES = "take measures"  # all but suspending
    SUSPEND_PEOPLE = "suspend people"
    DECIDE_APPEALS = "decide appeals"
    HIDE_TWEETS = "hide tweets"
    DECIDE_TRENDS = "decide trends"
    SEE_STATISTICS = "see how the server is doing"
    WRITE_AUTOMATIC_RULES = "write automatic rules"
    READ_AUDIT = "read the audit log"
    ANNOUNCE = "announce"
    EDIT_RULES = "edit rules"
    EDIT_DOCUMENTS = "edit terms and other documents"
    DECIDE_JOINING = "decide who joins"
    CALL_DOCTOR = "call the doctor"  # see how the machine is
    GIVE_ROLES = "give roles"
    CHANGE_SERVER = "change the server"


_MODERATOR = frozenset(
    {
        Permission.HANDLE_REPORTS,
        Permission.TAKE_MEASURES,
        Permission.SUSPEND_PEOPLE,
        Permission.HIDE_TWEETS,
        Permission.DECIDE_TRENDS,
        Permission.SEE_STATISTICS,
    }
)
_ADMIN = _MODERATOR | {
    Permission.DECIDE_APPEALS,
    Permission.WRITE_AUTOMATIC_RULES,
    Permission.READ_AUDIT,
    Permission.ANNOUNCE,
    Permission.EDIT_RULES,
    Permission.EDIT_DOCUMENTS,
    Permission.DECIDE_JOINING,
    Permission.CALL_DOCTOR,
    Permission.GIVE_ROLES,
}
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.MEMBER: frozenset(),
    Role.MODERATOR: _MODERATOR,
    Role.ADMIN: _ADMIN,
    Role.OWNER: frozenset(Permission),
}


class Staff(Protocol):
    """Whoever decides: somebody of staff, or a rule that they wrote (moderation/automatic)."""

    @property
    def pk(self) -> int: ...
    @property
    def handle(self) -> str: ...
    @property
    def staff_role(self) -> Role: ...
    def may(self, permission: Permission) -> bool: ...
