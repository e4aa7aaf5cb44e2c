"""Who may change what the server says of itself."""

from accounts.models import User
from accounts.roles import Permission


def may_edit_rules(staff: User) -> bool:
    return staff.may(Permission.EDIT_RULES)
