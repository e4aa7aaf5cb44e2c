"""Leaving: asking for it, thinking better of it, and what stays of those who left."""

from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import CASCADE, ManyToOneRel, Model, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.policies import may_leave
from common.errors import NotAllowed
from events.bus import publish
from events.catalogue import ProfilePicturesReplaced, UserDeleted, UserLeft, UserReturned


@transaction.atomic
def leave(user: User) -> User:
    """Out of everyone's sight at once, and gone after LEAVING_DAYS. Asking twice changes nothing.

    Raises NotAllowed for anyone who is not an active person of this server.
    """
    if user.is_leaving:
        return user
    if not may_leave(user):
        raise NotAllowed("This account cannot be deleted.")
    leaves_at = timezone.now() + timedelta(days=settings.LEAVING_DAYS)
    _move(user, User.State.ACTIVE, User.State.LEAVING, leaves_at=leaves_at)
    publish(UserLeft(user.id))
    return user


@transaction.atomic
def stay(user: User) -> User:
    """The person came back in time; everything is as it was. Raises NotAllowed once it is too late."""
    _move(user, User.State.LEAVING, User.State.ACTIVE, leaves_at=None)
    publish(UserReturned(user.id))
    return user


def _move(user: User, before: User.State, after: User.State, **changes: object) -> None:
    if not User.objects.filter(pk=user.pk, state=before).update(state=after, **changes):
        raise NotAllowed("This account was deleted.")
    user.refresh_from_db(fields=["state", "leaves_at"])


@transaction.atomic
def close_left(most: int) -> list[int]:
    """Nobody comes back after their day: those whose day is over are gone from now on. Returns their ids."""
    due = User.objects.filter(state=User.State.LEAVING, leaves_at__lte=timezone.now())
    free = due.select_for_update(no_key=True, skip_locked=True)  # whoever is held has another hour
    ids = list(free.order_by("leaves_at").values_list("pk", flat=True)[:most])
    User.objects.filter(pk__in=ids).update(state=User.State.GONE, leaves_at=None)
    return ids


@transaction.atomic
def remove_rest_of(person: User, most: int) -> int:
    """Take up to `most` rows that belong to the person, of whatever app; returns how many, 0 at the end.

    For rows that nothing counts. The others were taken by their own apps before (twitter_clone/departures).
    """
    for rows in _belongings(person):
        if ids := list(islice(rows.values_list("pk", flat=True), most)):
            rows.filter(pk__in=ids).delete()
            return len(ids)
    return 0


def _belongings(person: User) -> list[QuerySet[Model]]:
    """Of each table that would lose rows with the person: those rows."""
    return [
        relation.related_model._base_manager.filter(**{relation.field.name: person})
        for relation in User._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel) and relation.on_delete is CASCADE
    ]


@transaction.atomic
def bury(person: User) -> None:
    """The last step: nothing stays but the name, so that nobody can pass for whoever had it.

    The name of somebody who never confirmed an address was never seen by anyone; it is free again.
    """
    if pictures := [name for name in (person.avatar, person.header) if name]:
        publish(ProfilePicturesReplaced(person.id, pictures))
    if person.is_confirmed:
        empty = User(pk=person.pk, username=person.username, state=User.State.GONE)
        empty.password = make_password(None)
        empty.save(force_update=True)
    else:
        User.objects.filter(pk=person.pk).delete()
    publish(UserDeleted(person.id))
