"""Following tags."""

from django.conf import settings
from django.db import transaction

from accounts.actions import lock_people
from accounts.models import User
from accounts.policies import refusal
from common.errors import Invalid, NotAllowed
from events.bus import publish
from events.catalogue import TagFollowed, TagUnfollowed
from timelines.models import TagFollow
from timelines.policies import may_follow_tags
from tweets.actions import tag_named


@transaction.atomic
def follow_tag(follower: User, name: str) -> None:
    """What is said in public with this tag comes to the follower's home; it may be one nobody used yet.

    Raises NotAllowed before the address is confirmed, Invalid for what is no tag and beyond
    TAGS_FOLLOWED_MAX.
    """
    if not may_follow_tags(follower):
        raise NotAllowed(refusal(follower, "follow tags"))
    lock_people(follower.pk)  # of two at once the second counts the first
    hashtag = tag_named(name)
    followed = TagFollow.objects.filter(follower=follower)
    if followed.filter(hashtag=hashtag).exists():
        return
    if followed.count() >= settings.TAGS_FOLLOWED_MAX:
        raise Invalid(f"You can follow {settings.TAGS_FOLLOWED_MAX} tags. Unfollow one you no longer read.")
    TagFollow.objects.create(follower=follower, hashtag=hashtag)
    publish(TagFollowed(follower_id=follower.id, hashtag_id=hashtag.id))


@transaction.atomic
def unfollow_tag(follower: User, name: str) -> None:
    """Stop following it; what stands at home because of it goes. Nothing happens when it is not followed."""
    follow = TagFollow.objects.filter(follower=follower, hashtag__name=name).first()
    if follow is not None:
        hashtag_id = follow.hashtag_id
        follow.delete()
        publish(TagUnfollowed(follower_id=follower.id, hashtag_id=hashtag_id))
