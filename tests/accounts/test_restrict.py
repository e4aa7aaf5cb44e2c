"""Limiting, freezing, covering pictures, and what becomes of the suspended."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import actions
from accounts.actions import restore_user, suspend_user
from accounts.models import User
from audit.models import AuditEntry
from common.errors import NotAllowed
from events.catalogue import UserLimited, UserUnlimited
from tests.factories import make_tweet, make_user
from tweets.models import Tweet
from twitter_clone import departures

pytestmark = pytest.mark.django_db
PAIRS = [
    ("limit_user", "unlimit_user", "is_limited"),
    ("freeze_user", "unfreeze_user", "is_frozen"),
    ("mark_user", "unmark_user", "is_sensitive"),
]


@pytest.mark.parametrize(("begin", "end", "flag"), PAIRS)
def test_a_state_is_set_and_ended_once_however_often_one_asks(staff, alice, begin, end, flag):
    for name, value in ((begin, True), (end, False)):
        getattr(actions, name)(staff, alice, "Because.")
        getattr(actions, name)(staff, alice)
        assert getattr(User.objects.get(pk=alice.pk), flag) is getattr(alice, flag) is value
    assert [entry.deed for entry in AuditEntry.objects.order_by("id")] == [begin, end]


@pytest.mark.parametrize(("begin", "end", "flag"), PAIRS)
def test_only_staff_of_a_higher_role_do_it(staff, alice, bob, begin, end, flag):
    helper, other = make_user(role="moderator"), make_user(role="moderator")
    for actor, person in ((bob, alice), (helper, other), (helper, staff), (helper, helper), (staff, staff)):
        for name in (begin, end):
            with pytest.raises(NotAllowed):
                getattr(actions, name)(actor, person)
    assert not AuditEntry.objects.exists()
    assert not User.objects.filter(**{flag: True}).exists()


def test_limiting_is_announced(staff, alice, announced):
    with announced() as events:
        actions.limit_user(staff, alice)
        actions.unlimit_user(staff, alice)
    assert events == [UserLimited(alice.id), UserUnlimited(alice.id)]


def test_a_frozen_person_is_active_and_does_not_write(staff, alice):
    actions.freeze_user(staff, alice)
    assert alice.is_active
    assert not alice.may_write


def test_a_suspension_is_taken_back_within_thirty_days(staff, alice, events_happen):
    tweet = make_tweet(alice)
    suspend_user(staff, alice)
    assert alice.erases_at - timezone.now() > timedelta(days=29, hours=23)
    with time_machine.travel(timezone.now() + timedelta(days=29)), events_happen():
        departures.begin()
    restore_user(staff, alice)
    assert (alice.state, alice.erases_at) == (User.State.ACTIVE, None)
    assert Tweet.objects.filter(pk=tweet.pk).exists()


def test_after_thirty_days_everything_is_erased_but_the_name(staff, alice, events_happen, mailoutbox):
    make_tweet(alice)
    suspend_user(staff, alice)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        with events_happen():
            departures.begin()
        for _ in range(5):
            with events_happen():
                pass
    person = User.objects.get(pk=alice.pk)
    assert (person.state, person.username, person.email) == (User.State.GONE, "alice", "")
    assert not Tweet.objects.filter(author=alice).exists()
    with pytest.raises(NotAllowed):
        restore_user(staff, person)
