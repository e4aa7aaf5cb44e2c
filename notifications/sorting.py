"""Who hears of a deed at once, into whose request box it goes, and who hears nothing: what policies say."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from common.ids import id_at
from common.prepared import Prepared
from notifications.models import Notification, NotificationPermission, NotificationPolicy
from relationships.models import Follow

Choice = NotificationPolicy.Choice


def sort(recipient_ids: Sequence[int], kind: str, actor: User) -> dict[int, str]:
    """The choice of each of these people about this deed. One query, three where policies are strict.

    Whom one follows or accepted is always heard, and so is what one asked for: a bell, the end of a poll. Of
    those whom staff limited others hear only if they wish to.
    """
    choices: dict[int, str] = dict.fromkeys(recipient_ids, Choice.ACCEPT)
    policies = {} if kind in Notification.ASKED_FOR else _policies(recipient_ids, actor)
    strict = policies.keys() - _welcoming(policies, actor)
    followed = _followed_by(actor, strict)
    is_new = actor.id >= id_at(timezone.now() - timedelta(days=settings.NEW_ACCOUNT_DAYS))
    for owner_id in strict:
        follows_owner = owner_id in followed
        choices[owner_id] = policies[owner_id].choice_for(
            follows_owner=follows_owner, is_new=is_new, is_limited=actor.is_limited
        )
    return choices


def _policies(recipient_ids: Sequence[int], actor: User) -> dict[int, NotificationPolicy]:
    """Those that were written; about somebody limited everybody has one."""
    rows = _POLICIES.instances(NotificationPolicy, ids=list(recipient_ids)) if recipient_ids else []
    written = {policy.owner_id: policy for policy in rows}
    if not actor.is_limited:
        return written
    return {an_id: written.get(an_id) or NotificationPolicy(owner_id=an_id) for an_id in recipient_ids}


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


# Whoever is told anything is asked.
_POLICIES = Prepared(lambda ids: NotificationPolicy.objects.filter(pk__in=ids))
