"""Sending a message to people chosen by name."""

import threading

import pytest
from django.db import connection, connections

from common.errors import Invalid, NotAllowed
from conversations.actions import answer_conversation, send_message
from conversations.models import Conversation, Message, Participation
from relationships.actions import block_user
from tests.conversations.messages import inbox, part, write
from tests.factories import make_user
from tweets.actions import delete_tweet
from tweets.draft import TweetDraft
from tweets.models import Mention, Tweet

pytestmark = pytest.mark.django_db


def test_the_same_people_are_one_conversation_whoever_writes(alice, bob, carol):
    first = write(alice, bob)
    assert write(bob, alice) == first
    assert write(alice, bob, alice) == first
    assert write(alice, bob, carol) != first
    assert Message.objects.filter(conversation=first).count() == 3


def test_it_is_a_direct_tweet_for_exactly_those_people(alice, bob, carol):
    write(alice, bob, text="do not tell @carol")
    tweet = Tweet.objects.get()
    assert tweet.visibility == "direct"
    assert [mention.person for mention in Mention.objects.all()] == [bob]
    assert Participation.objects.filter(person=carol).count() == 0


def test_a_form_cannot_ask_for_a_wider_audience(alice, bob):
    write(alice, bob, visibility="public")
    assert Tweet.objects.get().visibility == "direct"


def test_without_recipients_it_is_refused_whomever_the_text_names(alice, bob):
    with pytest.raises(Invalid, match="Name the people this message is for"):
        send_message(alice, TweetDraft(text="hello @bob"))
    assert not Tweet.objects.exists()


def test_the_same_form_twice_sends_once(alice, bob):
    assert write(alice, bob, key="once") == write(alice, bob, key="once")
    assert Tweet.objects.count() == Message.objects.count() == 1


def test_an_answer_answers_the_newest_and_stays(alice, bob, carol):
    conversation = write(alice, bob, carol)
    assert answer_conversation(bob, conversation, TweetDraft(text="yes")) == conversation
    first, answer = Tweet.objects.order_by("id")
    assert answer.reply_to == first
    assert inbox(carol, requests=True) == [conversation.id]


def test_where_nothing_is_left_to_answer_the_people_are_the_same(alice, bob):
    conversation = write(alice, bob)
    delete_tweet(alice, Tweet.objects.get())
    assert answer_conversation(bob, conversation, TweetDraft(text="what was it?")) == conversation


def test_what_is_left_of_a_conversation_goes_on_in_it(alice, bob, carol):
    """Somebody's account is gone for good: the two others stay where they are."""
    pair, three = write(alice, bob), write(alice, bob, carol)
    carol.delete()
    assert answer_conversation(bob, three, TweetDraft(text="and now?")) == three
    assert write(alice, bob) == pair


def test_across_a_block_nothing_is_sent(alice, bob):
    conversation = write(alice, bob)
    block_user(bob, alice)
    for deed in (
        lambda: write(alice, bob),
        lambda: write(bob, alice),
        lambda: answer_conversation(alice, conversation, TweetDraft(text="please")),
        lambda: answer_conversation(bob, conversation, TweetDraft(text="no")),
    ):
        with pytest.raises(NotAllowed, match="cannot write to each other"):
            deed()
    assert Tweet.objects.count() == 1


def test_whoever_writes_has_read_and_accepted(alice, bob):
    conversation = write(alice, bob)
    assert not part(alice, conversation).is_unread
    assert part(alice, conversation).is_accepted
    assert part(bob, conversation).is_unread
    assert not part(bob, conversation).is_accepted
    write(bob, alice)
    assert part(bob, conversation).is_accepted


@pytest.mark.django_db(transaction=True)
def test_twenty_at_the_same_moment_make_one_conversation():
    alice, bob = make_user("alice"), make_user("bob")

    def send(author, recipient) -> None:
        try:
            write(author, recipient)
        finally:
            connections.close_all()

    pairs = [(alice, bob), (bob, alice)] * 10
    threads = [threading.Thread(target=send, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connection.close()
    conversation = Conversation.objects.get()
    newest = max(Tweet.objects.values_list("id", flat=True))
    assert Message.objects.filter(conversation=conversation).count() == 20
    assert [part(person, conversation).newest_id for person in (alice, bob)] == [newest, newest]


@pytest.mark.django_db(transaction=True)
def test_the_same_form_twenty_times_at_once_sends_once():
    alice, bob = make_user("alice"), make_user("bob")
    found: list[int] = []

    def send() -> None:
        try:
            found.append(write(alice, bob, key="once").id)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connection.close()
    assert found == [Conversation.objects.get().id] * 20
    assert Message.objects.count() == Tweet.objects.count() == 1
