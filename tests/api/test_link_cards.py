"""The page a status links to: `PreviewCard`."""

import pytest

from relationships.actions import FilterDraft, create_filter
from tests.api.shape import assert_is
from tests.factories import make_tweet, make_tweet_with_page
from tweets.actions import retweet

pytestmark = pytest.mark.django_db


def read(app, tweet):
    return app.get(f"/api/v1/statuses/{tweet.id}").json()


def test_it_says_what_the_page_said(bobs, alice):
    tweet = make_tweet_with_page(alice, title="Tides", description="When to sail", picture=(1200, 630))
    status = read(bobs, tweet)
    assert_is("Status", status)
    card = status["card"]
    assert (card["title"], card["description"], card["type"]) == ("Tides", "When to sail", "link")
    assert (card["provider_name"], card["author_name"]) == ("Example", "Ana Writer")
    assert card["url"].startswith("https://example.org/")
    assert card["image"].startswith("http://localhost:8000/media/")
    assert (card["width"], card["height"]) == (1200, 630)
    assert card["blurhash"]


def test_without_a_picture_the_image_is_null(bobs, alice):
    card = read(bobs, make_tweet_with_page(alice))["card"]
    assert (card["image"], card["width"], card["height"], card["blurhash"]) == (None, 0, 0, None)


def test_without_a_page_the_card_is_null(bobs, alice):
    assert read(bobs, make_tweet(alice))["card"] is None


def test_a_retweet_holds_it_inside(bobs, alice, carol):
    status = read(bobs, retweet(carol, make_tweet_with_page(alice, title="Tides")))
    assert status["card"] is None
    assert status["reblog"]["card"]["title"] == "Tides"


def test_word_filters_read_it(bobs, bob, alice):
    create_filter(
        bob, FilterDraft(title="Film", keywords={"spoiler": True}, contexts=("home",), action="warn")
    )
    status = read(bobs, make_tweet_with_page(alice, title="A spoiler"))
    assert [found["filter"]["title"] for found in status["filtered"]] == ["Film"]
