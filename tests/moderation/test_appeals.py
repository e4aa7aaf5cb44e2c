"""Appealing once, and what staff answer."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from common.errors import Invalid, NotAllowed
from events.catalogue import AppealMade, AppealRefused
from moderation.actions import appeal_measure, grant_appeal, lift_measure, refuse_appeal, take_measure
from moderation.models import Measure
from moderation.queries import appeals_waiting
from tests.factories import make_tweet, make_user
from twitter_clone import departures

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(moderator, alice) -> Measure:
    return take_measure(moderator, alice, "suspend", "Spam.")


def test_a_suspended_person_appeals_and_is_let_in(measure, admin, alice, announced, mailoutbox):
    with announced() as events:
        appeal_measure(alice, measure, "It was my cousin.")
    assert events == [AppealMade(measure.pk)]
    assert list(appeals_waiting()) == [measure]
    measure = grant_appeal(admin, measure, "We believe you.")
    assert list(appeals_waiting()) == []
    assert User.objects.get(pk=alice.pk).is_active
    assert (measure.is_in_force, measure.answer) == (False, "We believe you.")


def test_a_refused_one_stays_and_the_answer_is_mailed(measure, admin, alice, events_happen, mailoutbox):
    appeal_measure(alice, measure, "It was my cousin.")
    with events_happen():
        measure = refuse_appeal(admin, measure, "It was not.")
    assert measure.is_in_force
    assert not User.objects.get(pk=alice.pk).is_active
    assert "It was not." in mailoutbox[-1].body
    for decide in (grant_appeal, refuse_appeal):
        with pytest.raises(NotAllowed):
            decide(admin, measure)


def test_nobody_is_erased_while_their_appeal_waits(measure, admin, alice):
    appeal_measure(alice, measure, "It was my cousin.")
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        departures.begin()
        assert User.objects.get(pk=alice.pk).state == User.State.SUSPENDED
        refuse_appeal(admin, measure, "It was not.")
        departures.begin()
        assert User.objects.get(pk=alice.pk).state == User.State.GONE


def test_refusing_is_announced(measure, admin, alice, announced):
    appeal_measure(alice, measure, "It was my cousin.")
    with announced() as events:
        refuse_appeal(admin, measure)
    assert events == [AppealRefused(measure.pk)]


def test_one_appeals_once_in_time_with_words_and_for_oneself(measure, moderator, alice, bob):
    for text in ("", "  ", "x" * 2001):
        with pytest.raises(Invalid):
            appeal_measure(alice, measure, text)
    with pytest.raises(NotAllowed):
        appeal_measure(bob, measure, "Let her in.")
    with time_machine.travel(timezone.now() + timedelta(days=31)), pytest.raises(NotAllowed):
        appeal_measure(alice, measure, "Too late?")
    appeal_measure(alice, measure, "It was my cousin.")
    with pytest.raises(NotAllowed):
        appeal_measure(alice, measure, "Once more.")


def test_what_is_lifted_needs_no_appeal(measure, moderator, alice):
    lift_measure(moderator, measure)
    with pytest.raises(NotAllowed):
        appeal_measure(alice, measure, "Thanks.")


def test_somebody_else_decides_than_who_took_it(admin, staff, moderator, alice, bob):
    measure = take_measure(admin, alice, "freeze", "Spam.")
    appeal_measure(alice, measure, "No.")
    for person in (admin, moderator, alice, bob):
        for decide in (grant_appeal, refuse_appeal):
            with pytest.raises(NotAllowed):
                decide(person, measure)
    assert not grant_appeal(staff, measure).is_in_force


def test_an_owner_decides_also_about_their_own(staff, alice):
    measure = take_measure(staff, alice, "freeze", "Spam.")
    appeal_measure(alice, measure, "No.")
    assert refuse_appeal(staff, measure).is_in_force


@pytest.mark.parametrize("kind", ["warn", "take_down", "limit"])
def test_nobody_decides_about_their_own_or_that_of_their_equals(staff, admin, kind):
    measure = take_measure(staff, admin, kind, "Hm.", tweet_ids=[make_tweet(admin).pk])
    appeal_measure(admin, measure, "No.")
    for decider in (User.objects.get(pk=admin.pk), make_user(role="admin")):
        for decide in (grant_appeal, refuse_appeal):
            with pytest.raises(NotAllowed):
                decide(decider, measure)
    measure.refresh_from_db()
    assert measure.appeal_waits
    assert not grant_appeal(staff, measure).is_in_force
