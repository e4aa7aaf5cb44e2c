"""Emoji under announcements: putting one there, and taking it away."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.emoji import is_emoji
from common.errors import Invalid, NotAllowed, NotFound
from common.realtime import ANNOUNCED, push
from server.models import LONGEST_EMOJI, Announcement, Reaction
from server.policies import may_react


@transaction.atomic
def react(person: User, announcement_id: int, name: str) -> None:
    """Put the emoji there; twice is harmless.

    Raises NotAllowed, NotFound for what is not announced now, and Invalid for what is no emoji, or one more
    than ANNOUNCEMENT_REACTIONS_MAX different ones.
    """
    announcement = _held(person, announcement_id)
    if len(name) > LONGEST_EMOJI or not is_emoji(name):
        raise Invalid("React with one emoji.", "name")
    others = Reaction.objects.filter(announcement=announcement).exclude(name=name)
    is_new = not Reaction.objects.filter(announcement=announcement, name=name).exists()
    if is_new and others.values("name").distinct().count() >= settings.ANNOUNCEMENT_REACTIONS_MAX:
        raise Invalid("There are enough different emoji here. Choose one of them.", "name")
    _, is_made = Reaction.objects.get_or_create(announcement=announcement, person=person, name=name)
    if is_made:
        push(ANNOUNCED, "reaction", announcement.pk, name=name)


@transaction.atomic
def stop_reacting(person: User, announcement_id: int, name: str) -> None:
    """Take the emoji away; twice is harmless. Raises NotAllowed, NotFound for what is not announced now."""
    announcement = _held(person, announcement_id)
    if not is_emoji(name):  # nor did anybody put it there, and PostgreSQL fails on NUL
        return
    mine = Reaction.objects.filter(announcement=announcement, person=person, name=name)
    if mine.delete()[0]:
        push(ANNOUNCED, "reaction", announcement.pk, name=name)


def _held(person: User, announcement_id: int) -> Announcement:
    """Held until the end of the transaction, so that two new emoji at once do not both find room."""
    if not may_react(person):
        raise NotAllowed("You cannot react just now.")
    current = Announcement.objects.current(timezone.now())
    found = current.select_for_update().filter(pk=announcement_id).first()
    if found is None:
        raise NotFound("This is not announced any more.")
    return found
