"""Reading, accepting and putting away, each for oneself alone."""

import pytest

from common.errors import NotFound
from common.paging import Window
from conversations.actions import accept_request, clear_conversation, mark_read, mark_unread
from conversations.queries import message_ids, participation_of, unread
from tests.conversations.messages import inbox, part, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(alice, bob):
    """Bob answered Alice, so neither is a stranger; Alice has not read it."""
    write(alice, bob)
    return write(bob, alice)


def test_reading_up_to_a_message_and_never_less(alice, talk):
    newest = part(alice, talk).newest_id
    mark_read(alice, talk, up_to=newest - 1)
    assert part(alice, talk).is_unread
    mark_read(alice, talk, up_to=newest)
    mark_read(alice, talk, up_to=5)
    assert not part(alice, talk).is_unread


def test_unread_again_for_oneself_alone(alice, bob, talk):
    for _ in range(2):
        mark_unread(bob, talk)
    assert part(bob, talk).is_unread
    assert list(unread(bob)) == [part(bob, talk)]
    mark_read(bob, talk, up_to=part(bob, talk).newest_id)
    assert not unread(bob).exists()
    assert unread(alice).exists()


def test_accepting_twice_is_harmless(alice, bob, carol):
    conversation = write(carol, alice)
    assert not unread(alice).exists()
    for _ in range(2):
        accept_request(alice, conversation)
    assert inbox(alice) == [conversation.id]
    assert unread(alice).exists()
    accept_request(bob, conversation)  # not his: nothing happens
    assert inbox(bob) == []


def test_put_away_it_is_gone_for_oneself_until_somebody_writes(alice, bob, talk):
    for _ in range(2):
        clear_conversation(alice, talk)
    assert inbox(alice) == []
    assert not unread(alice).exists()
    with pytest.raises(NotFound):
        participation_of(alice, talk.id)
    assert inbox(bob) == [talk.id]
    assert len(message_ids(bob, participation_of(bob, talk.id), Window(limit=9))) == 2
    write(bob, alice, text="are you there?")
    assert inbox(alice) == [talk.id]
    assert len(message_ids(alice, participation_of(alice, talk.id), Window(limit=9))) == 1
    assert unread(alice).exists()
