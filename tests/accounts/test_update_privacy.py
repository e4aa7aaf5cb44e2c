"""Who may follow, who sees the lists, and which counts one reads."""

import pytest

from accounts.actions import update_privacy
from events.catalogue import AccountUnlocked
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_it_writes_the_three_wishes(alice):
    update_privacy(alice, is_locked=True, hides_network=True, hides_counts=True)
    alice.refresh_from_db()
    assert (alice.is_locked, alice.hides_network, alice.hides_counts) == (True, True, True)


def test_only_unlocking_is_announced_and_once(announced):
    shy = make_user("shy", is_locked=True)
    with announced() as events:
        update_privacy(shy, is_locked=True, hides_network=True, hides_counts=False)
        update_privacy(shy, is_locked=False, hides_network=True, hides_counts=False)
        update_privacy(shy, is_locked=False, hides_network=False, hides_counts=False)
    assert events == [AccountUnlocked(shy.id)]
