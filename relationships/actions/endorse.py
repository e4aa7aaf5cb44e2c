"""Recommending people whom one follows; it ends with the follow."""

from django.conf import settings
from django.db import transaction

from accounts.actions import lock_people
from accounts.models import User
from common.errors import Invalid
from relationships.models import Follow


@transaction.atomic
def endorse(person: User, followed: User) -> None:
    """Recommend somebody one follows; twice is harmless.

    Raises Invalid for others, and beyond ENDORSED_MAX people.
    """
    lock_people(person.pk)
    mine = Follow.objects.filter(follower=person)
    follow = mine.filter(followed=followed).first()
    if follow is None:
        raise Invalid("Follow this person first; only then can you recommend them.")
    if not follow.is_endorsed and mine.filter(is_endorsed=True).count() >= settings.ENDORSED_MAX:
        raise Invalid(f"You recommend {settings.ENDORSED_MAX} people already. Stop recommending one first.")
    mine.filter(pk=follow.pk).update(is_endorsed=True)


@transaction.atomic
def stop_endorsing(person: User, followed: User) -> None:
    """Recommend them no more; twice is harmless."""
    Follow.objects.filter(follower=person, followed=followed).update(is_endorsed=False)
