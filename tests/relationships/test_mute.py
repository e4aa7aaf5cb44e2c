"""Muting, for good or for a time."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from common.errors import Invalid, NotAllowed
from events.catalogue import UserMuted, UserUnmuted
from relationships.actions import end_past_mutes, mute_user, unmute_user
from relationships.models import Mute
from relationships.queries import hidden_from, relation_to

pytestmark = pytest.mark.django_db


def test_again_replaces_the_wishes(alice, bob, announced):
    with announced() as events:
        mute_user(alice, bob)
        mute_user(alice, bob, hides_notifications=False)
    assert not Mute.objects.get().hides_notifications
    assert events == [UserMuted(alice.id, bob.id)]


def test_unmuting_twice_is_harmless(alice, bob, announced):
    mute_user(alice, bob)
    with announced() as events:
        unmute_user(alice, bob)
        unmute_user(alice, bob)
    assert events == [UserUnmuted(alice.id, bob.id)]


def test_a_mute_for_a_time_ends_by_itself(alice, bob, announced):
    mute_user(alice, bob, until=timezone.now() + timedelta(hours=1))
    assert hidden_from(alice) == {bob.id}
    assert end_past_mutes() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=2)), announced() as events:
        assert hidden_from(alice) == set()
        assert not relation_to(alice, bob).mutes
        assert end_past_mutes() == 1
    assert events == [UserUnmuted(alice.id, bob.id)]


def test_muting_anew_when_the_time_is_over_is_a_mute_of_its_own(alice, bob, announced):
    mute_user(alice, bob, until=timezone.now() + timedelta(hours=1))
    with time_machine.travel(timezone.now() + timedelta(hours=2)), announced() as events:
        mute_user(alice, bob)
    assert events == [UserMuted(alice.id, bob.id)]


def test_refusals(alice, bob):
    with pytest.raises(NotAllowed):
        mute_user(alice, alice)
    with pytest.raises(Invalid, match="still to come"):
        mute_user(alice, bob, until=timezone.now())
