"""Deleting a tweet: asks first."""

import pytest
from django.urls import reverse

from tests.factories import make_tweet
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


def url(tweet: Tweet) -> str:
    return f"/delete/{tweet.id}/"


def test_it_asks_first_and_changes_nothing(as_alice, alice):
    tweet = make_tweet(alice, "think twice")
    assert reverse("delete_tweet", args=[tweet.id]) == url(tweet)
    response = as_alice.get(url(tweet))
    assert response.status_code == 200
    assert "think twice" in response.content.decode()
    assert Tweet.objects.exists()


def test_then_it_deletes_and_says_so(as_alice, alice):
    tweet = make_tweet(alice)
    response = as_alice.post(url(tweet), follow=True)
    assert response.redirect_chain == [("/", 302)]
    assert "Tweet deleted." in response.content.decode()
    assert not Tweet.objects.exists()
    assert as_alice.get(tweet.path).status_code == 404


def test_somebody_elses_tweet_stays(as_bob, alice):
    tweet = make_tweet(alice)
    for response in (as_bob.get(url(tweet)), as_bob.post(url(tweet))):
        assert response.status_code == 403
        assert "You can only delete your own tweets." in response.content.decode()
    assert Tweet.objects.exists()


def test_a_visitor_is_led_to_the_login(client, alice):
    tweet = make_tweet(alice)
    assert client.post(url(tweet)).url == f"/login/?next={url(tweet)}"
    assert Tweet.objects.exists()


@pytest.mark.parametrize("path", ["/delete/1/", f"/delete/{10**40}/"])
def test_what_does_not_exist_is_not_found(as_alice, path):
    assert as_alice.get(path).status_code == 404


def test_the_second_of_two_clicks_is_told_kindly(as_alice, alice):
    tweet = make_tweet(alice)
    as_alice.post(url(tweet))
    again = as_alice.post(url(tweet), follow=True)
    assert again.redirect_chain == [("/", 302)]
    assert "already gone" in again.content.decode()
