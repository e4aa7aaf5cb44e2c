"""Ending sessions, and telling open connections of it."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

from common.realtime import account_of, push
from common.sweeping import sweep


def end_sessions(user_id: int, *, but: str | None = None) -> None:
    """Every session of the person, but the one of that key, is dead: in the database and in the cache."""
    for session in UserSession.objects.filter(user_id=user_id).exclude(session_key=but or ""):
        session.end()
    tell_sessions(user_id)


def remove_expired_sessions(*, dry_run: bool = False) -> int:
    """Sessions past their date, and the notes about sessions that are gone; returns how many rows.

    What a cache still remembers of one is worth nothing without its row's date.
    """
    expired = sweep(Session.objects.filter(expire_date__lt=timezone.now()), dry_run=dry_run)
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gte=timezone.now())
    return expired + sweep(UserSession.objects.filter(~Exists(alive)), dry_run=dry_run)


def note_seen(session_key: str) -> None:
    """Somebody is using that session just now."""
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=timezone.now())


def tell_sessions(user_id: int) -> None:
    """Whatever keeps a connection open for the person looks whether its session is alive."""
    push(account_of(user_id), "sessions")
