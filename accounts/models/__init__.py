"""People: one row for each, whether they joined here or live on another server."""

from accounts.models.name_word import NameWord
from accounts.models.profile_field import ProfileField
from accounts.models.user import User, UserQuerySet

__all__ = ["NameWord", "ProfileField", "User", "UserQuerySet"]
