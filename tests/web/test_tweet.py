"""The page of one tweet and its pictures."""

import pytest

from tests.factories import make_image, make_tweet
from tweets.actions import hide_tweet

pytestmark = pytest.mark.django_db


def test_it_shows_the_tweet(client, alice):
    tweet = make_tweet(alice, "hello")
    response = client.get(f"/@alice/{tweet.id}")
    assert response.status_code == 200
    assert "hello" in response.content.decode()


def test_another_spelling_of_the_name_leads_to_the_right_address(client, alice, bob):
    tweet = make_tweet(alice)
    for name in ("ALICE", "bob", "nobody"):
        response = client.get(f"/@{name}/{tweet.id}")
        assert response.status_code == 301
        assert response.url == tweet.path
    assert client.get(f"/@bob/{tweet.id}/history").url == f"{tweet.path}/history"
    assert client.get(f"/@bob/{tweet.id}/picture/1").url == f"{tweet.path}/picture/1"


def test_hidden_and_missing_look_alike(client, alice, staff):
    tweet = make_tweet(alice, "hidden words", [make_image(alice)])
    hide_tweet(staff, tweet)
    missing = client.get("/@alice/12345")
    for path in (tweet.path, f"{tweet.path}/history", f"{tweet.path}/picture/1"):
        response = client.get(path)
        assert response.status_code == missing.status_code == 404
        assert response.content == missing.content


def test_pictures_have_pages_that_lead_to_each_other(client, alice):
    tweet = make_tweet(alice, "", [make_image(alice, "first"), make_image(alice, "second")])
    first = client.get(f"{tweet.path}/picture/1")
    assert "first" in first.content.decode()
    assert f'href="{tweet.path}/picture/2"' in first.content.decode()
    assert client.get(f"{tweet.path}/picture/2").context["next_path"] == ""
    for place in (0, 3, 999):
        assert client.get(f"{tweet.path}/picture/{place}").status_code == 404


def test_a_tweet_page_takes_a_fixed_number_of_queries(client, alice, django_assert_num_queries):
    one = make_tweet(alice, "", [make_image(alice)])
    four = make_tweet(alice, "", [make_image(alice) for _ in range(4)])
    client.get(one.path)
    for tweet in (one, four):
        with django_assert_num_queries(5):  # tweet, replies, its own thread, card, pictures
            client.get(tweet.path)
