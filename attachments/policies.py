"""Who may do what with pictures."""

from accounts.models import User


def may_upload(user: User) -> bool:
    """People who are active and have a confirmed address."""
    return user.is_local and user.may_write
