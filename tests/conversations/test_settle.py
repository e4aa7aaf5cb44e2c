"""The newest message of each person, after what was said went away or came back."""

import pytest

from accounts.actions import restore_user, suspend_user
from conversations.queries import unread
from relationships.actions import block_user, unblock_user
from tests.conversations.messages import inbox, part, write
from tweets.actions import delete_tweet, hide_tweet, unhide_tweet
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(alice, bob):
    """Bob answered Alice; the conversation, her words and his."""
    conversation = write(alice, bob)
    write(bob, alice)
    return conversation, *Tweet.objects.order_by("id")


def test_a_deleted_message_is_nobodys_newest(alice, bob, talk, events_happen):
    conversation, hers, his = talk
    with events_happen():
        delete_tweet(bob, his)
    assert part(alice, conversation).newest_id == part(bob, conversation).newest_id == hers.id
    assert not unread(alice).exists()
    with events_happen():
        delete_tweet(alice, hers)
    assert inbox(alice) == inbox(bob) == []


def test_its_author_sees_that_on_the_very_next_page(bob, talk, django_capture_on_commit_callbacks):
    conversation, hers, his = talk
    with django_capture_on_commit_callbacks(execute=True):
        delete_tweet(bob, his)
    assert part(bob, conversation).newest_id == hers.id


def test_a_hidden_message_goes_and_comes_back(alice, staff, talk, events_happen):
    conversation, hers, his = talk
    with events_happen():
        hide_tweet(staff, his)
    assert part(alice, conversation).newest_id == hers.id
    with events_happen():
        unhide_tweet(staff, his)
    assert part(alice, conversation).newest_id == his.id


def test_a_block_leaves_each_with_their_own_words(alice, bob, talk, events_happen):
    conversation, hers, his = talk
    assert unread(alice).exists()
    with events_happen():
        block_user(alice, bob)
    assert (part(alice, conversation).newest_id, part(bob, conversation).newest_id) == (hers.id, his.id)
    assert not unread(alice).exists()
    with events_happen():
        unblock_user(alice, bob)
    assert part(alice, conversation).newest_id == his.id


def test_in_a_group_only_the_words_across_the_block_are_nobodys(alice, bob, carol, events_happen):
    group = write(alice, bob, carol)
    write(carol, alice, bob)
    hers, carols = Tweet.objects.order_by("id")
    with events_happen():
        block_user(bob, carol)
    assert part(bob, group).newest_id == hers.id
    assert part(alice, group).newest_id == part(carol, group).newest_id == carols.id
    with events_happen():
        delete_tweet(alice, hers)
    assert part(bob, group).newest_id == 0
    assert part(alice, group).newest_id == carols.id


def test_the_suspended_vanish_and_are_back(alice, bob, staff, talk, events_happen):
    conversation, hers, his = talk
    with events_happen():
        suspend_user(staff, bob)
    assert part(alice, conversation).newest_id == hers.id
    with events_happen():
        restore_user(staff, bob)
    assert part(alice, conversation).newest_id == his.id
