"""Joining: coming in, being let in, inviting; and what staff decide about it."""

import secrets
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.actions import confirm_email, drop_newcomer, register_user
from accounts.models import User
from audit.actions import Subject, record
from audit.deeds import Deed
from audit.models import AuditEntry
from common.errors import Invalid, NotAllowed
from common.sweeping import sweep
from events.bus import publish
from events.catalogue import JoinApproved, JoinRefused
from joining.models import Invite, JoinBlock, JoiningPolicy, JoinRequest
from joining.policies import may_invite, may_manage
from joining.queries import POLICY_KEY, check_email, check_name, check_network, invite_by, policy
from joining.wish import Wish

BAD_INVITE = "This invite does not work any more. Ask for another one."
BY_INVITE = "People join this server by invite. Ask somebody here for a link."
CLOSED = "Nobody can join this server just now."
NOT_STAFF = "You may not decide who joins."
_Mode = JoiningPolicy.Mode


@transaction.atomic
def join(wish: Wish) -> User:
    """The way in for everybody who is not made by staff. Whoever needs a yes may read until then.

    Raises Invalid with the field to blame, and NotAllowed where nobody may join, or not from there.
    """
    now = policy()
    check_network(wish.address)
    invite = invite_by(wish.invite)
    if wish.invite and invite is None and now.mode != _Mode.CLOSED:
        raise Invalid(BAD_INVITE, "invite")
    check_door(now, is_invited=invite is not None)
    check_name(wish.username)
    check_email(wish.email)
    waits = (wish.waits or now.mode == _Mode.APPROVAL) and invite is None
    reason = _reason(wish) if waits else ""
    user = register_user(wish.username, wish.email, wish.password, wish.display_name, language=wish.language)
    if invite:
        _use_up(invite)
    if invite or waits:
        state = JoinRequest.State.WAITING if waits else JoinRequest.State.IN
        JoinRequest.objects.create(user=user, state=state, invite=invite, reason=reason)
    return user


def check_door(now: JoiningPolicy, *, is_invited: bool) -> None:
    """Raise NotAllowed where nobody may join, with a sentence that says so."""
    if now.mode == _Mode.CLOSED:
        raise NotAllowed(now.closed_words or CLOSED)
    if now.mode == _Mode.INVITE and not is_invited:
        raise NotAllowed(now.closed_words or BY_INVITE)


def _reason(wish: Wish) -> str:
    reason = " ".join(wish.reason.split())
    if len(reason) < settings.JOIN_REASON_MIN_LENGTH:
        raise Invalid("Say in a sentence why you would like to join.", "reason")
    if len(reason) > settings.JOIN_REASON_MAX_LENGTH:
        raise Invalid(f"Use at most {settings.JOIN_REASON_MAX_LENGTH} characters.", "reason")
    return reason


def _use_up(invite: Invite) -> None:
    """One place of it. Two who take the last at the same moment: one of them is told."""
    free = Invite.objects.filter(pk=invite.pk, used__lt=F("limit"))
    if not free.update(used=F("used") + 1):
        raise Invalid(BAD_INVITE, "invite")


@transaction.atomic
def prove_email(user: User, email: str = "") -> bool:
    """The person proved an address (by default the one they joined with). It counts at once, or with the yes
    of staff for those who wait for it; returns whether at once. Raises Invalid when it is another's by now.
    """
    waiting = JoinRequest.objects.filter(user=user, state=JoinRequest.State.WAITING)
    if waiting.update(proved_email=(email or user.email).lower()):
        return False
    confirm_email(user, email)
    return True


@transaction.atomic
def approve(staff: User, request: JoinRequest) -> bool:
    """Let somebody in; they hear of it. Twice is harmless. Returns whether they waited. Raises NotAllowed."""
    _check(staff)
    waiting = JoinRequest.objects.filter(pk=request.pk, state=JoinRequest.State.WAITING)
    decided = {"decided_by": staff, "decided_at": timezone.now(), "state": JoinRequest.State.IN}
    if not waiting.update(**decided):
        return False
    user = User.objects.get(pk=request.user_id)
    record(staff, Deed.LET_IN, _person(user))
    proved = JoinRequest.objects.values_list("proved_email", flat=True).get(pk=request.pk)
    if proved and proved == user.email:
        confirm_email(user)
    publish(JoinApproved(user.id))
    return True


@transaction.atomic
def refuse(staff: User, request: JoinRequest, reason: str = "") -> bool:
    """Turn somebody away; they hear of it, and the name is free again. Nothing is kept. Returns whether they
    waited. Raises NotAllowed.
    """
    _check(staff)
    waiting = JoinRequest.objects.filter(pk=request.pk, state=JoinRequest.State.WAITING)
    found = waiting.select_for_update().select_related("user").first()
    if found is None:
        return False
    record(staff, Deed.TURN_AWAY, _person(found.user), reason=reason)
    publish(JoinRefused(found.user.email, found.user.shown_name, reason))
    drop_newcomer(found.user)
    return True


@transaction.atomic
def make_invite(maker: User, *, limit: int, days: int, note: str = "") -> Invite:
    """A link for so many people, which works for so many days (0: until it is ended).

    Raises NotAllowed, and Invalid for numbers beyond INVITE_….
    """
    if not may_invite(maker, policy()):
        raise NotAllowed("You cannot invite people here.")
    if not 1 <= limit <= settings.INVITE_PEOPLE_MAX:
        raise Invalid(f"An invite is for 1 to {settings.INVITE_PEOPLE_MAX} people.", "limit")
    if not 0 <= days <= settings.INVITE_DAYS_MAX:
        raise Invalid(f"An invite works for at most {settings.INVITE_DAYS_MAX} days.", "days")
    now = timezone.now()
    mine = Invite.objects.filter(made_by=maker, used__lt=F("limit")).exclude(expires_at__lte=now)
    if mine.count() >= settings.INVITES_OPEN_MAX:
        raise Invalid(f"You have {settings.INVITES_OPEN_MAX} open invites. End one of them first.")
    return Invite.objects.create(
        code=secrets.token_urlsafe(12),
        made_by=maker,
        limit=limit,
        expires_at=now + timedelta(days=days) if days else None,
        note=" ".join(note.split())[:100],
    )


@transaction.atomic
def end_invite(maker: User, invite_id: int) -> None:
    """It lets nobody in any more; who came by it stays. Of others only staff end it. Twice is harmless."""
    invite = Invite.objects.select_related("made_by").filter(pk=invite_id).first()
    if invite is None or not invite.works_at(timezone.now()):
        return
    if invite.made_by_id != maker.pk:
        if not may_manage(maker):
            return
        record(maker, Deed.END_INVITE, Subject("invite", invite.pk, f"an invite of {invite.made_by.handle}"))
    Invite.objects.filter(pk=invite_id).update(expires_at=timezone.now())


def forget_invites(*, dry_run: bool = False) -> int:
    """Remove invites that ended INVITES_ENDED_KEPT_DAYS ago and by which nobody came; the others go on
    telling who invited whom. Returns how many.
    """
    old = timezone.now() - timedelta(days=settings.INVITES_ENDED_KEPT_DAYS)
    return sweep(Invite.objects.filter(expires_at__lt=old, used=0, guests=None), dry_run=dry_run)


@transaction.atomic
def set_policy(staff: User, changed: JoiningPolicy, undoes: AuditEntry | None = None) -> None:
    """Who may join from now on. Raises NotAllowed, and Invalid for a number beyond JOINING_MOST."""
    _check(staff)
    for field, most in settings.JOINING_MOST.items():
        if getattr(changed, field) > most:
            raise Invalid(f"Use at most {most:,}.", field)
    before, after = _facts(JoiningPolicy.objects.filter(pk=1).first() or JoiningPolicy()), _facts(changed)
    changed.pk = 1
    changed.save()
    if before != after:
        record(staff, Deed.CHANGE_JOINING, Subject("policy", 1, "who may join"), before, after, undoes=undoes)
    transaction.on_commit(lambda: cache.delete(POLICY_KEY))


@transaction.atomic
def add_block(staff: User, block: JoinBlock, undoes: AuditEntry | None = None) -> None:
    """Turn this away from now on. Raises NotAllowed, and Invalid for a network that is none, or twice."""
    _check(staff)
    block.value = _tidy(block.kind, block.value)
    block.made_by = staff
    if JoinBlock.objects.filter(kind=block.kind, value=block.value).exists():
        raise Invalid(f"{block.value} is turned away already.", "value")
    block.save()
    record(staff, Deed.BLOCK_JOINING, _block(block), {}, _said_of(block), undoes=undoes)


@transaction.atomic
def remove_block(staff: User, block: JoinBlock, undoes: AuditEntry | None = None) -> None:
    """Turn this away no more. Raises NotAllowed."""
    _check(staff)
    if JoinBlock.objects.filter(pk=block.pk).delete()[0]:
        record(staff, Deed.UNBLOCK_JOINING, _block(block), _said_of(block), {}, undoes=undoes)


def _tidy(kind: str, value: str) -> str:
    """One spelling. Raises Invalid."""
    value = value.strip().lower().removeprefix("@")
    if not value or "\0" in value:
        raise Invalid("Write what is to be turned away.", "value")
    if kind != JoinBlock.Kind.NETWORK:
        return value
    try:
        return str(ip_network(value, strict=False))
    except ValueError:
        raise Invalid("Write an address, as 192.0.2.7, or a network, as 192.0.2.0/24.", "value") from None


def _facts(now: JoiningPolicy) -> dict[str, Any]:
    """The policy as the audit log compares it."""
    return {
        field.name: getattr(now, field.name) for field in now._meta.concrete_fields if not field.primary_key
    }


def _person(user: User) -> Subject:
    return Subject("person", user.pk, user.handle, person_id=user.pk)


def _block(block: JoinBlock) -> Subject:
    return Subject("joining", block.pk, block.value)


def _said_of(block: JoinBlock) -> dict[str, str]:
    """All that is needed to make it anew."""
    return {"kind": block.kind, "value": block.value, "note": block.note}


def _check(staff: User) -> None:
    if not may_manage(staff):
        raise NotAllowed(NOT_STAFF)
