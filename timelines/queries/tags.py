"""Which tags a person follows."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from timelines.models import TagFollow


def tags_followed(follower: User) -> list[str]:
    """Names of the tags, the latest followed first; TAGS_FOLLOWED_MAX at most. One query."""
    follows = TagFollow.objects.filter(follower=follower).order_by("-id")
    return list(follows.values_list("hashtag__name", flat=True))


def follows_tag(viewer: User | AnonymousUser, name: str) -> bool:
    if viewer.pk is None:
        return False
    return TagFollow.objects.filter(follower_id=viewer.pk, hashtag__name=name).exists()
