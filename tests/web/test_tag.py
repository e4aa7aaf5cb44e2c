"""The page of a hashtag."""

from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from relationships.actions import mute_user
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


@pytest.mark.parametrize("path", ["a%00b", "%ff%fe", "a%20b", "12", "Two!", "a" * 101])
def test_a_tag_that_no_tweet_could_carry_is_not_there(client, path):
    assert client.get(f"/tags/{path}").status_code == 404


def test_a_letter_that_folds_to_words_still_leads_to_its_tweets(client, alice):
    tweet = make_tweet(alice, "#\ufdfa")
    assert shown(client.get(f"/tags/{quote(chr(0xFDFA))}", follow=True)) == [tweet.id]


def test_a_tag_has_a_feed(client, alice):
    tweet = make_tweet(alice, "#größe zählt")
    page, path = client.get(f"/tags/{quote('größe')}").content.decode(), f"/tags/{quote('größe')}.rss"
    assert f'href="{path}"' in page
    feed = client.get(path)
    assert feed["Content-Type"].startswith("application/rss+xml")
    channel = ElementTree.fromstring(feed.content).find("channel")
    assert channel.findtext("link") == f"http://localhost:8000/tags/{quote('größe')}"
    assert channel.find("item").findtext("link") == f"http://localhost:8000{tweet.path}"
    assert client.get("/tags/Größe.rss").status_code == 404


def test_whom_one_muted_does_not_come_by_tag(as_bob, alice, bob):
    make_tweet(alice, "#django")
    mute_user(bob, alice)
    assert shown(as_bob.get("/tags/django")) == []
