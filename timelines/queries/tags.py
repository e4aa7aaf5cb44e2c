"""Which tags a person follows."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from timelines.models import TagFollow


def tags_followed(follower: User) -> list[str]:
    """Names of the tags, the latest followed first; TAGS_FOLLOWED_MAX at most. One query."""
    follows = TagFollow.objects.filter(follower=follower).order_by("-id")
    return list(follows.values_list("hashtag__name", flat=True))


def tag_follows_of(follower: User) -> QuerySet[TagFollow]:
    """Rows of the tags that the person follows."""
    return TagFollow.objects.filter(follower=follower)


def tags_among(viewer: User, tag_ids: Iterable[int]) -> set[int]:
    """Which of these tags the viewer follows. One query."""
    rows = TagFollow.objects.filter(follower=viewer, hashtag_id__in=list(tag_ids))
    return set(rows.values_list("hashtag_id", flat=True))


def follows_tag(viewer: User | AnonymousUser, name: str) -> bool:
    if viewer.pk is None:
        return False
    return TagFollow.objects.filter(follower_id=viewer.pk, hashtag__name=name).exists()
