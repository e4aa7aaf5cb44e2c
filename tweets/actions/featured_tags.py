"""Showing tags on one's profile."""

from django.conf import settings
from django.db import transaction

from accounts.actions import lock_people
from accounts.models import User
from accounts.policies import may_edit_profile, refusal
from common.errors import Invalid, NotAllowed, NotFound
from tweets.actions.tags import tag_named
from tweets.models import FeaturedTag


@transaction.atomic
def feature_tag(person: User, name: str) -> FeaturedTag:
    """Show it on the profile; twice is harmless. Raises NotAllowed before the address is confirmed, Invalid
    for what is no tag and beyond TAGS_FEATURED_MAX.
    """
    if not may_edit_profile(person):
        raise NotAllowed(refusal(person, "change your profile"))
    lock_people(person.pk)  # of two at once the second counts the first
    hashtag = tag_named(name)
    mine = FeaturedTag.objects.filter(person=person)
    found = mine.filter(hashtag=hashtag).first()
    if found is None:
        if mine.count() >= settings.TAGS_FEATURED_MAX:
            raise Invalid(f"A profile shows {settings.TAGS_FEATURED_MAX} tags. Take one off first.", "name")
        found = FeaturedTag.objects.create(person=person, hashtag=hashtag)
    return found


@transaction.atomic
def stop_featuring(person: User, featured_id: int) -> None:
    """Take it off the profile. Raises NotFound for one that does not stand there."""
    gone, _ = FeaturedTag.objects.filter(person=person, pk=featured_id).delete()
    if not gone:
        raise NotFound("This tag does not stand on your profile.")


@transaction.atomic
def stop_featuring_named(person: User, name: str) -> None:
    """The same by the name of the tag; twice is harmless."""
    FeaturedTag.objects.filter(person=person, hashtag__name=name).delete()
