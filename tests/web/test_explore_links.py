"""Trending links, and the tweets that link to one page."""

import re

import pytest

from analytics.actions import recount_link_trends
from attachments.models import LinkCard
from relationships.actions import mute_user
from tests.factories import make_page, make_tweet, make_user
from tweets.actions import delete_tweet, take_up_link

pytestmark = pytest.mark.django_db
URL = "https://example.org/tides"


@pytest.fixture
def crowd(db):
    return [make_user() for _ in range(3)]


def link(person, url=URL, **choices):
    tweet = make_tweet(person, f"{person.username} says {url}", **choices)
    take_up_link(tweet.id)
    return tweet


@pytest.fixture
def path(crowd) -> str:
    make_page(URL, title="The tide table", picture=(1200, 630))
    for person in crowd:
        link(person)
    recount_link_trends()
    return f"/explore/links/{LinkCard.objects.get().pk}/"


def test_trending_links_stand_there_for_everybody(client, as_alice, path):
    for reader in (client, as_alice):
        html = reader.get("/explore/links/").content.decode()
        assert "The tide table" in html
        assert "3 people linked to it" in html
        assert f'href="{path}"' in html
        assert "those with the most people first" in html


def test_whoever_covers_pictures_gets_none(as_alice, alice, path):
    assert '<img src="/media/' in as_alice.get("/explore/links/").content.decode().partition("<main")[2]
    type(alice).objects.filter(pk=alice.pk).update(pictures_shown="none")
    for page in ("/explore/links/", path):
        html = as_alice.get(page).content.decode()
        assert "The tide table" in html
        assert "linkcard--large" not in html


def test_empty_it_says_so(client, db):
    assert "No page trends just now" in client.get("/explore/links/").content.decode()


def test_the_tweets_of_a_page(client, path, crowd):
    html = client.get(path).content.decode()
    assert all(f"{person.username} says" in html for person in crowd)
    assert html.count("linkcard--large") == 1  # on top, and on no tweet again
    assert '<meta name="robots" content="noindex">' in html


def test_muted_people_do_not_stand_there(as_alice, alice, path, crowd):
    mute_user(alice, crowd[0])
    assert f"{crowd[0].username} says" not in as_alice.get(path).content.decode()


def test_a_page_linked_to_in_private_alone_is_not_there(client, as_alice, alice, bob):
    card = make_page(URL, title="A secret")
    link(bob, visibility="followers")
    path = f"/explore/links/{card.pk}/"
    for reader in (client, as_alice):
        answer = reader.get(path)
        assert answer.status_code == 404
        assert "A secret" not in answer.content.decode()


@pytest.mark.parametrize("card_id", [1, 2**62, 10**30])
def test_no_such_page(client, db, card_id):
    assert client.get(f"/explore/links/{card_id}/").status_code == 404


def test_when_nobody_links_any_more_it_is_gone(client, bob):
    card = make_page(URL)
    tweet = link(bob)
    path = f"/explore/links/{card.pk}/"
    assert client.get(path).status_code == 200
    delete_tweet(bob, tweet)
    assert client.get(path).status_code == 404


def test_it_pages_by_cursor(client, crowd, path, settings):
    settings.FEED_PAGE_SIZE = 2
    first = client.get(path).content.decode()
    assert f"{crowd[0].username} says" not in first
    older = re.search(r'href="([^"]*\?cursor=\d+)"', first)[1]
    assert older.startswith(path)
    assert f"{crowd[0].username} says" in client.get(older).content.decode()


def test_links_take_a_fixed_number_of_queries(client, crowd, path, django_assert_num_queries):
    client.get("/explore/links/")
    with django_assert_num_queries(1):
        client.get("/explore/links/")
    with django_assert_num_queries(4):  # ids, cards, pictures, the page
        client.get(path)
    for number in range(5):
        make_page(f"https://example.org/{number}", picture=(1200, 630))
        for person in crowd:
            link(person, f"https://example.org/{number}")
    recount_link_trends()
    with django_assert_num_queries(1):
        client.get("/explore/links/")
