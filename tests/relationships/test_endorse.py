"""Recommending people whom one follows."""

import pytest

from common.errors import Invalid
from relationships.actions import endorse, follow_user, stop_endorsing, unfollow_user
from relationships.queries import endorsed_by, relation_to

pytestmark = pytest.mark.django_db


def test_twice_is_harmless_and_so_is_stopping(alice, bob):
    follow_user(alice, bob)
    for _ in range(2):
        endorse(alice, bob)
        assert relation_to(alice, bob).endorses
    for _ in range(2):
        stop_endorsing(alice, bob)
        assert not relation_to(alice, bob).endorses


def test_only_whom_one_follows(alice, bob):
    with pytest.raises(Invalid, match="Follow this person first"):
        endorse(alice, bob)
    follow_user(alice, bob)
    endorse(alice, bob)
    unfollow_user(alice, bob)
    follow_user(alice, bob)
    assert not endorsed_by(alice).exists()
