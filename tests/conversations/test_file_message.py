"""Filing: whatever form a direct tweet came from, and who counts as a stranger."""

import pytest

from conversations.actions import file_message
from conversations.models import Message, Participation
from relationships.actions import follow_user
from tests.conversations.messages import inbox, part, write
from tests.factories import make_reply, make_tweet
from tweets.actions import post_tweet
from tweets.draft import TweetDraft
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


def direct(author, text, **draft) -> Tweet:
    return make_tweet(author, text, visibility="direct", **draft)


def test_a_direct_tweet_of_the_composer_stands_in_messages(alice, bob, events_happen):
    with events_happen():
        direct(alice, "psst @bob")
    (conversation_id,) = inbox(alice)
    assert inbox(bob, requests=True) == [conversation_id]
    assert write(bob, alice).id == conversation_id


def test_its_author_sees_it_on_the_very_next_page(alice, bob, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        direct(alice, "psst @bob")
    assert len(inbox(alice)) == 1


def test_should_the_server_stop_at_once_it_is_filed_later(alice, bob, events_happen):
    direct(alice, "psst @bob")  # nothing that follows the commit has run
    assert inbox(alice) == []
    with events_happen():
        pass
    assert len(inbox(alice)) == 1


def test_other_tweets_are_none(alice, bob, events_happen):
    with events_happen():
        for visibility in ("public", "quiet", "followers"):
            make_tweet(alice, "hello @bob", visibility=visibility)
    assert not Participation.objects.exists()


def test_filing_twice_is_harmless(alice, bob):
    tweet = direct(alice, "psst @bob")
    assert file_message(tweet) == file_message(tweet)
    assert Message.objects.count() == 1
    assert Participation.objects.count() == 2


def test_an_answer_to_a_tweet_of_the_conversation_stays_in_it(alice, bob, carol, events_happen):
    conversation = write(alice, bob)
    with events_happen():
        make_reply(bob, Tweet.objects.get(), "let us ask @carol")
        post_tweet(bob, TweetDraft(text="@alice and again", visibility="direct"))
    assert inbox(bob) == [conversation.id]
    assert inbox(carol, requests=True) == []


def test_who_is_followed_is_no_stranger(alice, bob, carol):
    follow_user(bob, alice)
    conversation = write(alice, bob, carol)
    assert part(bob, conversation).is_accepted
    assert not part(carol, conversation).is_accepted


def test_who_was_written_to_is_no_stranger(alice, bob, carol):
    write(bob, alice)
    group = write(alice, bob, carol)
    assert inbox(bob) == [group.id, inbox(bob)[1]]
    assert inbox(carol, requests=True) == [group.id]


def test_a_request_becomes_a_conversation_when_someone_known_writes(alice, bob, carol):
    follow_user(bob, carol)
    group = write(alice, bob, carol)
    assert inbox(bob) == []
    write(carol, alice, bob)
    assert inbox(bob) == [group.id]


def test_following_the_stranger_accepts(alice, bob, carol, events_happen):
    conversation = write(alice, bob)
    of_carol = write(carol, bob)
    with events_happen():
        follow_user(bob, alice)
    assert inbox(bob) == [conversation.id]
    assert inbox(bob, requests=True) == [of_carol.id]


def test_a_new_message_comes_first(alice, bob, carol):
    one, two = write(alice, bob), write(alice, carol)
    assert inbox(alice) == [two.id, one.id]
    write(alice, bob)
    assert inbox(alice) == [one.id, two.id]
