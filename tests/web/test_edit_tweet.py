"""The form for editing a tweet, and the page of its former versions."""

import pytest
from django.urls import reverse

from tests.factories import make_image, make_tweet
from tweets.models import Tweet
from tweets.queries import images_of

pytestmark = pytest.mark.django_db


def url(tweet: Tweet) -> str:
    return f"/edit/{tweet.id}/"


def test_the_form_holds_what_the_tweet_says(as_alice, alice):
    image = make_image(alice, "a hill")
    tweet = make_tweet(alice, "as it was", [image])
    assert reverse("edit_tweet", args=[tweet.id]) == url(tweet)
    page = as_alice.get(url(tweet)).content.decode()
    assert "as it was" in page
    assert "a hill" in page
    assert f'value="{image.id}"' in page


def test_saving_shows_the_tweet_marked_as_edited_with_its_history(as_alice, alice):
    tweet = make_tweet(alice, "the quick fox")
    response = as_alice.post(url(tweet), {"text": "the slow fox", "version": "1"}, follow=True)
    assert response.redirect_chain == [(tweet.path, 302)]
    page = response.content.decode()
    assert "Tweet saved." in page
    assert "the slow fox" in page
    assert f"{tweet.path}/history" in page
    history = as_alice.get(f"{tweet.path}/history").content.decode()
    assert "<del" in history
    assert "quick" in history
    assert "<ins" in history
    assert "slow" in history


def test_pictures_left_out_of_the_form_go_and_new_ones_come(as_alice, alice):
    first, second = make_image(alice), make_image(alice)
    tweet = make_tweet(alice, "look", [first, second])
    new = make_image(alice)
    as_alice.post(
        url(tweet), {"text": "look", "attachments": [new.id, second.id], f"description_{new.id}": "new"}
    )
    assert [image.id for image in images_of(tweet)] == [new.id, second.id]


def test_a_mistake_keeps_every_word(as_alice, alice):
    tweet = make_tweet(alice, "short")
    response = as_alice.post(url(tweet), {"text": "x" * 300})
    assert response.status_code == 422
    assert "x" * 300 in response.content.decode()
    assert Tweet.objects.get().text == "short"


def test_a_second_window_is_told(as_alice, alice):
    tweet = make_tweet(alice, "one")
    as_alice.post(url(tweet), {"text": "two", "version": "1"})
    response = as_alice.post(url(tweet), {"text": "three", "version": "1"})
    assert response.status_code == 422
    assert "another window" in response.content.decode()
    assert "three" in response.content.decode()
    assert "It now says: “two”" in response.content.decode()
    assert Tweet.objects.get().text == "two"


def test_having_seen_the_other_version_one_may_save_over_it(as_alice, alice):
    tweet = make_tweet(alice, "one")
    as_alice.post(url(tweet), {"text": "two", "version": "1"})
    told = as_alice.post(url(tweet), {"text": "three", "version": "1"})
    version = told.context["composer"].version
    assert as_alice.post(url(tweet), {"text": "three", "version": version}).status_code == 302
    assert Tweet.objects.get().text == "three"


def test_a_picture_that_is_gone_is_told_and_nothing_is_saved_without_it(as_alice, alice, bob):
    tweet = make_tweet(alice, "look")
    theirs = make_image(bob)
    response = as_alice.post(url(tweet), {"text": "look here", "attachments": [theirs.id]})
    assert response.status_code == 422
    assert "no longer there" in response.content.decode()
    assert Tweet.objects.get().text == "look"


def test_somebody_elses_tweet_is_refused_with_a_sentence(as_bob, alice):
    tweet = make_tweet(alice, "hers")
    for response in (as_bob.get(url(tweet)), as_bob.post(url(tweet), {"text": "his"})):
        assert response.status_code == 403
        assert "You can only edit your own tweets." in response.content.decode()
    assert Tweet.objects.get().text == "hers"


def test_a_visitor_is_led_to_the_login_and_back(client, alice):
    tweet = make_tweet(alice, "hers")
    assert client.get(url(tweet)).url == f"/login/?next={url(tweet)}"
    assert client.post(url(tweet), {"text": "x"}).status_code == 302
    assert Tweet.objects.get().text == "hers"


@pytest.mark.parametrize("path", ["/edit/1/", f"/edit/{2**63}/", f"/edit/{10**40}/"])
def test_what_does_not_exist_is_not_found(as_alice, path):
    assert as_alice.get(path).status_code == 404
    assert as_alice.post(path, {"text": "x"}).status_code == 404
