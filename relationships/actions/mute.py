"""Muting: not wanting to come across someone, for good or for a time."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.errors import Invalid, NotAllowed
from events.bus import publish
from events.catalogue import UserMuted, UserUnmuted
from relationships.models import Mute


@transaction.atomic
def mute_user(
    muter: User, muted: User, *, until: datetime | None = None, hides_notifications: bool = True
) -> Mute:
    """Mute someone until that moment, or for good; again replaces the wishes.

    Raises NotAllowed for oneself, Invalid for a moment that has passed.
    """
    if muter.pk == muted.pk:
        raise NotAllowed("You cannot mute yourself.")
    if until is not None and until <= timezone.now():
        raise Invalid("Choose a time that is still to come.", field="until")
    wishes = {"until": until, "hides_notifications": hides_notifications}
    mute, created = Mute.objects.update_or_create(muter=muter, muted=muted, defaults=wishes)
    if created:
        publish(UserMuted(muter_id=muter.id, muted_id=muted.id))
    return mute


@transaction.atomic
def unmute_user(muter: User, muted: User) -> None:
    """Hear them again; twice is harmless."""
    ended, _ = Mute.objects.filter(muter=muter, muted=muted).delete()
    if ended:
        publish(UserUnmuted(muter_id=muter.id, muted_id=muted.id))


def forget_past_mutes() -> int:
    """Remove mutes whose time is over, each with its announcement; returns how many."""
    past = Mute.objects.filter(until__lte=timezone.now()).select_related("muter", "muted")
    for mute in past:
        unmute_user(mute.muter, mute.muted)
    return len(past)
