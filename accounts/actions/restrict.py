"""What staff decide about a person. Each deed is written down in its own transaction (audit)."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.actions.locks import lock_people
from accounts.models import User
from accounts.policies import may_give_role, may_restrict, may_suspend
from accounts.roles import Role, Staff
from audit.actions import Subject, record
from audit.deeds import Deed
from audit.models import AuditEntry
from common.errors import NotAllowed
from events.bus import publish
from events.catalogue import UserLimited, UserRestored, UserSuspended, UserUnlimited

_FLAGS = {
    Deed.LIMIT_USER: ("is_limited", True),
    Deed.UNLIMIT_USER: ("is_limited", False),
    Deed.FREEZE_USER: ("is_frozen", True),
    Deed.UNFREEZE_USER: ("is_frozen", False),
    Deed.MARK_USER: ("is_sensitive", True),
    Deed.UNMARK_USER: ("is_sensitive", False),
}


@transaction.atomic
def suspend_user(staff: Staff, user: User, reason: str = "", undoes: AuditEntry | None = None) -> User:
    """Shut a person out: no sign-in, no open session, nothing of theirs is seen. After SUSPENDED_DAYS
    they are erased, until then it can be taken back. Asking twice changes nothing. Raises NotAllowed.
    """
    erases_at = timezone.now() + timedelta(days=settings.SUSPENDED_DAYS)
    if _change_state(staff, user, User.State.SUSPENDED, erases_at=erases_at):
        _record(staff, Deed.SUSPEND_USER, user, "state", "active", "suspended", reason, undoes)
        publish(UserSuspended(user.id))
    return user


@transaction.atomic
def restore_user(staff: Staff, user: User, reason: str = "", undoes: AuditEntry | None = None) -> User:
    """Let a suspended person in again. Raises NotAllowed."""
    if _change_state(staff, user, User.State.ACTIVE, erases_at=None):
        _record(staff, Deed.RESTORE_USER, user, "state", "suspended", "active", reason, undoes)
        publish(UserRestored(user.id))
    return user


def _change_state(staff: Staff, user: User, state: User.State, **changes: object) -> bool:
    """Whether it was another one before."""
    if not may_suspend(staff, user):
        raise NotAllowed("You may not suspend or restore this person.")
    other = User.State.ACTIVE if state == User.State.SUSPENDED else User.State.SUSPENDED
    is_changed = User.objects.filter(pk=user.pk, state=other).update(state=state, **changes)
    user.refresh_from_db(fields=["state", "erases_at"])
    return bool(is_changed)


def limit_user(staff: Staff, user: User, reason: str = "", undoes: AuditEntry | None = None) -> User:
    """Offer the person to nobody who does not follow them: not on public timelines, in Explore, in search or
    among suggestions, and strangers hear nothing of them. Twice is harmless. Raises NotAllowed.
    """
    return _set(staff, Deed.LIMIT_USER, user, reason, undoes)


def unlimit_user(staff: Staff, user: User, reason: str = "", undoes: AuditEntry | None = None) -> User:
    """The person is offered to everybody again. Raises NotAllowed."""
    return _set(staff, Deed.UNLIMIT_USER, user, reason, undoes)


def freeze_user(staff: Staff, user: User, reason: str = "", undoes: AuditEntry | None = None) -> User:
    """The person signs in and reads, and writes nothing that others see. Raises NotAllowed."""
    return _set(staff, Deed.FREEZE_USER, user, reason, undoes)


def unfreeze_user(staff: Staff, user: User, reason: str = "", undoes: AuditEntry | None = None) -> User:
    """The person writes again. Raises NotAllowed."""
    return _set(staff, Deed.UNFREEZE_USER, user, reason, undoes)


def mark_user(staff: Staff, user: User, reason: str = "", undoes: AuditEntry | None = None) -> User:
    """All pictures of the person, also those to come, are covered. Raises NotAllowed."""
    return _set(staff, Deed.MARK_USER, user, reason, undoes)


def unmark_user(staff: Staff, user: User, reason: str = "", undoes: AuditEntry | None = None) -> User:
    """Only those pictures are covered that their author covers. Raises NotAllowed."""
    return _set(staff, Deed.UNMARK_USER, user, reason, undoes)


@transaction.atomic
def _set(staff: Staff, deed: Deed, user: User, reason: str, undoes: AuditEntry | None) -> User:
    if not may_restrict(staff, user):
        raise NotAllowed("You may not take measures against this person.")
    flag, value = _FLAGS[deed]
    if User.objects.filter(pk=user.pk, **{flag: not value}).update(**{flag: value}):
        _record(staff, deed, user, flag, not value, value, reason, undoes)
        if flag == "is_limited":
            publish(UserLimited(user.id) if value else UserUnlimited(user.id))
    setattr(user, flag, value)
    return user


@transaction.atomic
def give_role(staff: User, user: User, role: str, reason: str = "", undoes: AuditEntry | None = None) -> User:
    """Make somebody staff, or staff no more. Giving what they have changes nothing. Raises NotAllowed."""
    wanted = Role(role) if role in Role.values else None
    if wanted is None or not may_give_role(staff, user, wanted):
        raise NotAllowed("You may not give this person that role.")
    lock_people(user.pk)
    current = User.objects.get(pk=user.pk)
    before = current.staff_role
    if before != wanted:
        is_owner = wanted == Role.OWNER
        changes = {"role": "" if is_owner else wanted.value, "is_staff": is_owner, "is_superuser": is_owner}
        User.objects.filter(pk=user.pk).update(**changes)
        _record(staff, Deed.GIVE_ROLE, user, "role", before.value, wanted.value, reason, undoes)
        user.refresh_from_db(fields=list(changes))
    return user


def note_admin_deed(
    staff: User,
    deed: Deed,
    user: User,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """What the admin did by itself, in the transaction in which it does it."""
    record(staff, deed, _subject(user), before, after)


@transaction.atomic
def close_suspended(most: int, *, but: QuerySet[User]) -> list[int]:
    """Whose suspension was not taken back in time is gone from now on, `but` these. Returns their ids."""
    due = User.objects.filter(state=User.State.SUSPENDED, erases_at__lte=timezone.now()).exclude(pk__in=but)
    free = due.select_for_update(no_key=True, skip_locked=True)  # whoever is held has another hour
    ids = list(free.order_by("erases_at").values_list("pk", flat=True)[:most])
    User.objects.filter(pk__in=ids).update(state=User.State.GONE, erases_at=None)
    return ids


def _record(
    staff: Staff,
    deed: Deed,
    user: User,
    field: str,
    before: object,
    after: object,
    reason: str,
    undoes: AuditEntry | None,
) -> None:
    record(staff, deed, _subject(user), {field: before}, {field: after}, reason=reason, undoes=undoes)


def _subject(user: User) -> Subject:
    return Subject("person", user.pk, user.handle, person_id=user.pk)
