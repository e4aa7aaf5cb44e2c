"""What the badge counts."""

import pytest

from conversations.queries import unread
from relationships.actions import follow_user, mute_user, unmute_user
from tests.conversations.messages import write

pytestmark = pytest.mark.django_db


def test_conversations_not_messages(alice, bob, carol):
    for person in (bob, carol):
        follow_user(alice, person)
        for _ in range(3):
            write(person, alice)
    assert unread(alice).count() == 2
    assert unread(bob).count() == 0


def test_a_stranger_raises_none(alice, bob):
    write(bob, alice)
    assert not unread(alice).exists()


def test_somebody_muted_raises_none_while_they_are(alice, bob, carol):
    follow_user(alice, bob)
    follow_user(alice, carol)
    write(bob, alice)
    mute_user(alice, bob, hides_notifications=False)
    assert not unread(alice).exists()
    write(bob, alice, carol)
    assert not unread(alice).exists()
    write(carol, alice, bob)
    assert unread(alice).count() == 1
    unmute_user(alice, bob)
    assert unread(alice).count() == 2
