"""Not hearing of a conversation any more, from the page of one of its tweets."""

import pytest

from tests.factories import make_reply, make_tweet
from tests.web import gestures
from tests.web.gestures import press
from tweets.models import ThreadMute

pytestmark = pytest.mark.django_db


@pytest.fixture
def tweet(alice):
    return make_tweet(alice)


def test_muting_the_conversation_and_hearing_of_it_again(as_alice, bob, tweet):
    reply = make_reply(bob, tweet)
    assert "Mute conversation" in as_alice.get(reply.path).content.decode()
    for _ in range(2):
        answer = as_alice.post(f"{reply.path}/mute", follow=True)
        assert "You will not be told about this conversation any more." in answer.content.decode()
    assert ThreadMute.objects.get().conversation_id == tweet.id
    assert "Unmute conversation" in as_alice.get(tweet.path).content.decode()
    for _ in range(2):
        press(as_alice, tweet, "unmute")
    assert not ThreadMute.objects.exists()


def test_the_ways_back_of_each_reader(as_alice, client, tweet):
    gestures.leads_back_to_the_card(as_alice, tweet, "mute")
    gestures.leads_visitors_to_log_in_and_back(client, tweet, "mute")
    assert "Mute conversation" not in client.get(tweet.path).content.decode()


def test_a_conversation_one_cannot_see_cannot_be_muted(as_bob, alice, carol):
    secret = make_tweet(alice, "@carol only you", visibility="direct")
    assert press(as_bob, secret, "mute").status_code == 404
    assert not ThreadMute.objects.exists()
