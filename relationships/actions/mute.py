"""Muting: not wanting to come across someone, for good or for a time."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.actions import lock_people
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
    lock_people(muter.pk)
    is_muted = Mute.objects.in_force(timezone.now()).filter(muter=muter, muted=muted).exists()
    mute, _ = Mute.objects.update_or_create(muter=muter, muted=muted, defaults=wishes)
    if not is_muted:  # also when a former one is over and was not cleared away yet
        publish(UserMuted(muter_id=muter.id, muted_id=muted.id))
    return mute


@transaction.atomic
def unmute_user(muter: User, muted: User) -> None:
    """Hear them again; twice is harmless."""
    _end(Mute.objects.filter(muter=muter, muted=muted))


def end_past_mutes() -> int:
    """Remove mutes whose time is over, each with its announcement; returns how many."""
    now, ended = timezone.now(), 0
    for mute_id in list(Mute.objects.filter(until__lte=now).values_list("pk", flat=True)):
        with transaction.atomic():
            ended += _end(Mute.objects.filter(pk=mute_id, until__lte=now))
    return ended


def _end(mutes: QuerySet[Mute]) -> int:
    """One mute at most; whoever wishes for another end at this moment is waited for."""
    mute = mutes.select_for_update().first()
    if mute is None:
        return 0
    mute.delete()
    publish(UserUnmuted(muter_id=mute.muter_id, muted_id=mute.muted_id))
    return 1
