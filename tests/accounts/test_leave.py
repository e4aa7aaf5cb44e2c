"""leave, stay: out of sight at once, and thirty days to think better of it."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import actions
from accounts.actions import close_left, leave, restore_user, stay, suspend_user
from accounts.models import User
from accounts.queries import is_gone, is_taken, people_named
from common.errors import NotAllowed
from events.catalogue import UserLeft, UserReturned
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_leaving_has_a_day_and_can_be_undone(alice, announced):
    with announced() as events:
        leave(alice)
        leave(alice)
    alice.refresh_from_db()
    assert events == [UserLeft(alice.id)]
    assert alice.is_leaving
    assert not alice.is_active
    assert (
        timedelta(0) < timezone.now() + timedelta(days=settings.LEAVING_DAYS) - alice.leaves_at < timedelta(1)
    )

    with announced() as events:
        stay(alice)
    alice.refresh_from_db()
    assert events == [UserReturned(alice.id)]
    assert (alice.is_active, alice.leaves_at) == (True, None)


def test_nobody_comes_back_after_their_day(alice):
    leave(alice)
    assert close_left(10) == []
    with time_machine.travel(timezone.now() + timedelta(days=settings.LEAVING_DAYS, minutes=1)):
        assert close_left(10) == [alice.id]
        assert close_left(10) == []
    with pytest.raises(NotAllowed):
        stay(alice)
    with pytest.raises(NotAllowed):
        stay(User.objects.get(pk=alice.pk))


def test_only_active_people_of_this_server_leave(staff, alice):
    suspend_user(staff, alice)
    for person in (alice, make_user("dave@other.example")):
        with pytest.raises(NotAllowed):
            leave(person)


def test_staff_neither_suspend_nor_restore_who_is_leaving_or_gone(staff, alice):
    leave(alice)
    for state, day in ((User.State.LEAVING, alice.leaves_at), (User.State.GONE, None)):
        User.objects.filter(pk=alice.pk).update(state=state, leaves_at=day)
        alice.refresh_from_db()
        for action in (suspend_user, restore_user):
            with pytest.raises(NotAllowed):
                action(staff, alice)


def test_a_day_and_the_state_go_together(alice):
    for wrong in ({"state": "leaving"}, {"leaves_at": timezone.now()}, {"state": "elsewhere"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=alice.pk).update(**wrong)


def test_mails_tell_until_when_and_that_it_was_undone(alice, events_happen):
    with events_happen():
        leave(alice)
    assert mail.outbox[-1].to == ["alice@example.org"]
    assert f"{alice.leaves_at:%-d %B %Y}" in mail.outbox[-1].body
    assert f"{settings.SITE_URL}/login/" in mail.outbox[-1].body
    with events_happen():
        stay(alice)
    assert "will not be deleted" in mail.outbox[-1].body
    assert len(mail.outbox) == 2


def test_an_address_nobody_proved_gets_no_mail(events_happen):
    with events_happen():
        leave(make_user("nora", confirmed=False))
    assert mail.outbox == []


def test_name_of_the_gone_is_kept_from_everyone_for_good(alice):
    User.objects.filter(pk=alice.pk).update(state=User.State.GONE)
    alice.refresh_from_db()
    actions.bury(alice)
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        actions.remove_never_confirmed()

    assert is_taken("ALICE")
    assert is_gone("Alice")
    assert people_named(["alice"]) == []
    assert not EmailAddress.objects.exists()
