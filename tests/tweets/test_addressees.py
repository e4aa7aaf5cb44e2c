"""Whom a direct tweet is for, and who refuses to be written to."""

import pytest

from accounts.actions import restore_user, suspend_user
from common.errors import Invalid, NotAllowed
from relationships.actions import block_user, follow_user
from tests.factories import make_user
from tweets.actions import edit_tweet, post_tweet
from tweets.draft import TweetDraft
from tweets.models import Mention, Tweet

pytestmark = pytest.mark.django_db


def message(author, text="hello", **draft) -> Tweet:
    return post_tweet(author, TweetDraft(text=text, visibility="direct", **draft))


def readers(tweet) -> set[str]:
    return set(Mention.objects.filter(tweet=tweet).values_list("person__username", flat=True))


def test_without_recipients_it_is_for_those_its_text_names(alice, bob, carol):
    assert readers(message(alice, "hello @bob and @Carol, signed @alice")) == {"bob", "carol"}


def test_with_recipients_it_is_for_them_alone_whomever_its_text_names(alice, bob, carol):
    tweet = message(alice, "have you met @carol?", recipients=(bob.id,))
    assert readers(tweet) == {"bob"}
    assert 'href="/@carol"' in tweet.html
    assert not Tweet.objects.visible_to(carol).filter(pk=tweet.pk).exists()


def test_an_answer_to_a_message_stays_among_its_people_whomever_it_names(alice, bob, carol):
    tweet = message(alice, recipients=(bob.id,))
    for answer in (
        message(bob, "ask @carol", reply_to_id=tweet.id),
        message(bob, "ask her", reply_to_id=tweet.id, recipients=(carol.id,)),
        post_tweet(bob, TweetDraft(text="ask @carol", reply_to_id=tweet.id)),
    ):
        assert readers(answer) == {"alice"}


def test_a_direct_answer_to_an_open_tweet_is_for_its_author_and_those_named(alice, bob, carol):
    tweet = post_tweet(alice, TweetDraft(text="good morning"))
    assert readers(message(bob, "psst @carol", reply_to_id=tweet.id)) == {"alice", "carol"}


def test_an_edit_adds_nobody(alice, bob, carol):
    tweet = message(alice, recipients=(bob.id,))
    edit_tweet(alice, tweet, TweetDraft(text="now @carol", recipients=(carol.id,)))
    assert readers(tweet) == {"bob"}


def test_nobody_who_could_read_it_is_refused(alice, bob, staff):
    suspend_user(staff, bob)
    make_user("newcomer", confirmed=False)
    for text in ("to myself @alice", "to @nobody", "to @bob", "to @newcomer", "to no one"):
        with pytest.raises(Invalid, match="Name the people this message is for") as refusal:
            message(alice, text)
        assert refusal.value.field == "recipients"
    assert not Tweet.objects.exists()


def test_there_is_a_most(alice, bob, carol, settings):
    settings.MESSAGE_MAX_PEOPLE = 1
    with pytest.raises(Invalid, match="for at most 1 people; this one names 2"):
        message(alice, recipients=(bob.id, carol.id))
    assert readers(message(alice, recipients=(bob.id, alice.id))) == {"bob"}


def test_a_block_refuses_both_ways_and_says_so(alice, bob, carol):
    former = message(alice, recipients=(bob.id, carol.id))
    block_user(bob, alice)
    for draft in ({"recipients": (bob.id,)}, {"text": "hi @bob"}, {"recipients": (bob.id, carol.id)}):
        with pytest.raises(NotAllowed, match="@bob blocked you, so you cannot write to each other"):
            message(alice, **draft)
    with pytest.raises(NotAllowed, match="@bob blocked you"):
        message(alice, reply_to_id=former.id)
    with pytest.raises(NotAllowed, match="You blocked @alice"):
        message(bob, recipients=(alice.id,))
    assert readers(message(carol, reply_to_id=former.id)) == {"alice", "bob"}


def test_who_takes_messages_only_from_people_they_follow(alice, bob, carol):
    bob.messages_from = "followed"
    bob.save()
    with pytest.raises(NotAllowed, match="@bob takes messages only from people they follow"):
        message(alice, recipients=(bob.id,))
    follow_user(bob, alice)
    assert readers(message(alice, recipients=(bob.id,))) == {"bob"}


def test_who_was_written_to_may_answer_also_later(alice, bob):
    bob.messages_from = "followed"
    bob.save()
    first = message(bob, recipients=(alice.id,))
    assert readers(message(alice, reply_to_id=first.id)) == {"bob"}
    assert readers(message(alice, recipients=(bob.id,))) == {"bob"}
    block_user(bob, alice)
    with pytest.raises(NotAllowed, match="blocked you"):
        message(alice, recipients=(bob.id,))


def test_the_suspended_stay_among_those_an_answer_is_for(alice, bob, carol, staff):
    tweet = message(alice, recipients=(bob.id, carol.id))
    suspend_user(staff, carol)
    assert readers(message(bob, reply_to_id=tweet.id)) == {"alice", "carol"}
    restore_user(staff, carol)
    suspend_user(staff, alice)
    with pytest.raises(Invalid, match="deleted, or you may not see it"):
        message(bob, reply_to_id=tweet.id)


def test_who_may_write_a_message_is_who_may_post(bob):
    with pytest.raises(NotAllowed, match="Confirm your e-mail"):
        message(make_user("newcomer", confirmed=False), recipients=(bob.id,))
