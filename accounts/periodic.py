"""What the clock does with people."""

from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session

from accounts import actions, links


def remove_expired_sessions() -> None:
    """Once a day: sessions past their date, and the notes about sessions that are gone."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def remove_never_confirmed() -> None:
    """Once a day: people who joined long ago and never confirmed their address."""
    actions.remove_never_confirmed()


def look_at_links() -> None:
    """Once an hour: the links of profiles that are due."""
    links.look_at_due_links()
