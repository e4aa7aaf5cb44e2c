"""Who hears of a deed at once, into whose request box it goes, and who hears nothing: what policies say."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from common.ids import id_at
from notifications.models import Notification, NotificationPermission, NotificationPolicy
from relationships.models import Follow

Choice = NotificationPolicy.Choice


def sort(recipient_ids: Sequence[int], kind: str, actor: User) -> dict[int, str]:
    """The choice of each of these people about this deed. One query, three where policies are strict.

    Whom one follows or accepted is always heard, and so is what one asked for: a bell, the end of a poll. Of
    those whom staff limited only their followers hear.
    """
    choices: dict[int, str] = dict.fromkeys(recipient_ids, Choice.ACCEPT)
    is_asked_for = kind in Notification.ASKED_FOR
    if actor.is_limited and not is_asked_for:
        return choices | dict.fromkeys(set(recipient_ids) - _followers_of(actor, recipient_ids), Choice.DROP)
    policies = {} if is_asked_for else NotificationPolicy.objects.in_bulk(recipient_ids)
    strict = policies.keys() - _welcoming(policies, actor)
    followed = _followed_by(actor, strict)
    is_new = actor.id >= id_at(timezone.now() - timedelta(days=settings.NEW_ACCOUNT_DAYS))
    for owner_id in strict:
        follows_owner = owner_id in followed
        choices[owner_id] = policies[owner_id].choice_for(follows_owner=follows_owner, is_new=is_new)
    return choices


def _followers_of(actor: User, people: Sequence[int]) -> set[int]:
    follows = Follow.objects.filter(follower__in=people, followed=actor)
    return set(follows.values_list("follower_id", flat=True))


def _welcoming(policies: dict[int, NotificationPolicy], actor: User) -> set[int]:
    if not policies:
        return set()
    follows = Follow.objects.filter(follower__in=policies, followed=actor).values_list("follower_id")
    accepted = NotificationPermission.objects.filter(owner__in=policies, person=actor).values_list("owner_id")
    return {owner_id for (owner_id,) in follows.union(accepted)}


def _followed_by(actor: User, people: set[int]) -> set[int]:
    if not people:
        return set()
    follows = Follow.objects.filter(follower=actor, followed__in=people)
    return set(follows.values_list("followed_id", flat=True))
