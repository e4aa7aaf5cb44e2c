"""Who may follow, who sees the lists, and which counts one reads."""

import pytest

from accounts.actions import update_privacy
from common.errors import Invalid
from events.catalogue import AccountUnlocked
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_it_writes_the_four_wishes(alice):
    update_privacy(
        alice,
        is_locked=True,
        is_findable=True,
        hides_network=True,
        hides_counts=True,
        messages_from="followed",
    )
    alice.refresh_from_db()
    assert (alice.is_locked, alice.hides_network, alice.hides_counts) == (True, True, True)
    assert alice.messages_from == "followed"


def test_an_unknown_choice_is_refused(alice):
    with pytest.raises(Invalid, match="Choose who may message you"):
        update_privacy(
            alice,
            is_locked=True,
            is_findable=True,
            hides_network=True,
            hides_counts=True,
            messages_from="nobody",
        )
    alice.refresh_from_db()
    assert not alice.is_locked


def test_only_unlocking_is_announced_and_once(announced):
    shy = make_user("shy", is_locked=True)
    with announced() as events:
        update_privacy(
            shy,
            is_locked=True,
            is_findable=True,
            hides_network=True,
            hides_counts=False,
            messages_from="everyone",
        )
        update_privacy(
            shy,
            is_locked=False,
            is_findable=True,
            hides_network=True,
            hides_counts=False,
            messages_from="everyone",
        )
        update_privacy(
            shy,
            is_locked=False,
            is_findable=True,
            hides_network=False,
            hides_counts=False,
            messages_from="everyone",
        )
    assert events == [AccountUnlocked(shy.id)]
