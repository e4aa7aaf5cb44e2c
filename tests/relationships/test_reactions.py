"""What follows between people when one of them changed something."""

import pytest

from accounts.actions import update_privacy
from events.catalogue import AccountUnlocked
from relationships.actions import follow_user
from relationships.models import Follow
from relationships.reactions import let_in_who_asked
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_unlocking_lets_in_who_asked_and_may_run_twice(alice, bob):
    shy = make_user("shy", is_locked=True)
    follow_user(alice, shy)
    follow_user(bob, shy)
    update_privacy(
        shy,
        is_locked=False,
        is_findable=True,
        hides_network=False,
        hides_counts=False,
        messages_from="everyone",
    )
    for _ in range(2):
        let_in_who_asked(AccountUnlocked(shy.id))
    assert Follow.objects.filter(followed=shy).count() == 2


def test_who_locked_again_meanwhile_is_still_asked(alice):
    shy = make_user("shy", is_locked=True)
    follow_user(alice, shy)
    let_in_who_asked(AccountUnlocked(shy.id))
    assert not Follow.objects.exists()


def test_somebody_gone_is_no_trouble(db):
    let_in_who_asked(AccountUnlocked(12345))
