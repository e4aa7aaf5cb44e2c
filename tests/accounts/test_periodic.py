"""What the clock does with people and their sessions."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.actions import register_user
from accounts.models import User
from accounts.periodic import remove_expired_sessions, remove_never_confirmed
from common.ids import id_at

pytestmark = pytest.mark.django_db


def test_expired_sessions_and_notes_about_them_go(alice):
    now = timezone.now()
    for key, age in (("alive", -1), ("expired", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now - timedelta(days=age))
    for key in ("alive", "expired", "gone"):
        UserSession.objects.create(user=alice, session_key=key, ip="127.0.0.1")
    remove_expired_sessions()
    assert [session.session_key for session in Session.objects.all()] == ["alive"]
    assert [session.session_key for session in UserSession.objects.all()] == ["alive"]


def test_names_of_people_who_never_confirmed_become_free(settings):
    long_ago = id_at(timezone.now() - timedelta(days=settings.UNCONFIRMED_DAYS + 1))
    kept = {
        "confirmed": {"email_confirmed_at": timezone.now()},
        "writer": {"tweets_count": 1, "last_tweeted_at": timezone.now()},
        "helper": {"is_staff": True},
        "dave@other.example": {},
    }
    User.objects.create_user("forgotten", id=long_ago)
    for number, (name, fields) in enumerate(kept.items(), start=1):
        User.objects.create_user(name, id=long_ago + number, **fields)
    register_user("fresh", "n@example.org", "correct horse")
    for _ in range(2):
        remove_never_confirmed()
        assert set(User.objects.values_list("username", flat=True)) == {*kept, "fresh"}
