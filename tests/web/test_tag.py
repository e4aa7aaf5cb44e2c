"""The page of a hashtag."""

from urllib.parse import quote

import pytest

from tests.factories import make_tweet
from tweets.actions import hide_tweet

pytestmark = pytest.mark.django_db


def shown(response) -> list[int]:
    return [card.id for card in response.context["page"].cards]


def test_it_shows_tweets_with_the_tag_in_any_case(client, alice, bob):
    first, _, third = (
        make_tweet(alice, "#Django is fun"),
        make_tweet(bob, "django"),
        make_tweet(bob, "so is #django"),
    )
    assert shown(client.get("/tags/django")) == [third.id, first.id]
    assert client.get("/tags/Django").url == "/tags/django"


@pytest.mark.parametrize("name", ["日本", "größe", "été"])
def test_tags_of_all_scripts_have_addresses(client, alice, name):
    tweet = make_tweet(alice, f"#{name}")
    assert f"/tags/{quote(name)}" in tweet.html
    assert shown(client.get(f"/tags/{quote(name)}")) == [tweet.id]


def test_nobody_used_it_yet(client, db):
    response = client.get("/tags/unheard")
    assert response.status_code == 200
    assert shown(response) == []


def test_hidden_tweets_are_not_there(client, alice, staff):
    hide_tweet(staff, make_tweet(alice, "#secret"))
    assert shown(client.get("/tags/secret")) == []


def test_a_tag_that_no_database_could_hold_is_an_empty_page(client):
    assert shown(client.get("/tags/a%00b")) == []
