"""Who may say, change and remove what."""

from accounts.models import User
from tweets.models import Tweet


def may_post(author: User) -> bool:
    """Active people of this server who confirmed their e-mail address."""
    return author.may_write


def may_edit(user: User, tweet: Tweet) -> bool:
    return tweet.author_id == user.id and user.may_write


def may_delete(user: User, tweet: Tweet) -> bool:
    """One's own, even before the address is confirmed: nobody is kept from taking words back."""
    return tweet.author_id == user.id and user.is_active


def may_hide(staff: User, tweet: Tweet) -> bool:
    return staff.is_active and staff.is_staff
