"""Who may keep lists of people, change them, and follow tags."""

from accounts.models import User
from timelines.models import PeopleList


def may_keep_lists(user: User) -> bool:
    return user.may_write


def may_follow_tags(user: User) -> bool:
    return user.may_write


def may_change_list(user: User, people_list: PeopleList) -> bool:
    """Its owner, and nobody else: others do not even learn that it exists."""
    return people_list.owner_id == user.pk
