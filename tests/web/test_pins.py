"""Pinning one's tweets to one's profile, from the menu under them."""

import pytest

from tests.factories import make_tweet
from tests.web import gestures
from tests.web.gestures import press
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


@pytest.fixture
def tweet(alice):
    return make_tweet(alice)


def pinned():
    return Tweet.objects.filter(pinned_at__isnull=False).count()


def test_pinning_and_unpinning_twice_each(as_alice, tweet):
    assert "Pin to profile" in as_alice.get(f"{tweet.path}/menu").content.decode()
    for _ in range(2):
        answer = as_alice.post(f"{tweet.path}/pin", follow=True)
        assert pinned() == 1
        assert "Pinned to your profile." in answer.content.decode()
    assert "Unpin from profile" in as_alice.get(f"{tweet.path}/menu").content.decode()
    for _ in range(2):
        press(as_alice, tweet, "unpin")
        assert pinned() == 0


def test_the_ways_back_of_each_reader(as_alice, client, tweet):
    gestures.leads_back_to_the_card(as_alice, tweet, "pin")
    gestures.leads_visitors_to_log_in_and_back(client, tweet, "pin")
    gestures.answers_only_the_row(as_alice, tweet, "pin")


def test_others_cannot_and_have_no_button(as_bob, tweet):
    assert f"{tweet.path}/pin" not in as_bob.get(f"{tweet.path}/menu").content.decode()
    assert press(as_bob, tweet, "pin").status_code == 403
    assert press(as_bob, tweet, "unpin").status_code == 403
    assert pinned() == 0


def test_messages_cannot_be_pinned_and_have_no_button(as_alice, alice, bob):
    message = make_tweet(alice, "@bob hello", visibility="direct")
    assert f"{message.path}/pin" not in as_alice.get(f"{message.path}/menu").content.decode()
    assert press(as_alice, message, "pin").status_code == 403


def test_beyond_the_limit_a_sentence_says_what_to_do(as_alice, alice, settings):
    settings.TWEETS_PINNED_MAX = 1
    press(as_alice, make_tweet(alice), "pin")
    answer = as_alice.post(f"{make_tweet(alice).path}/pin", follow=True)
    assert answer.status_code == 200
    assert "Unpin one first." in answer.content.decode()
    assert pinned() == 1
