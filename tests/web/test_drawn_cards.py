"""A card is drawn once for the same values, and anew whenever one of them changes."""

import pytest

from tests.factories import make_image, make_tweet
from tweets.actions import delete_tweet, edit_tweet, like_tweet
from tweets.draft import TweetDraft
from web.templatetags import cards

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def drawn(monkeypatch):
    """How often a card was drawn."""
    cards._kept.cache_clear()
    yield lambda: cards._kept.cache_info().misses
    cards._kept.cache_clear()


def test_the_same_page_draws_its_cards_once(client, alice, drawn):
    for _ in range(3):
        make_tweet(alice)
    first = client.get("/").content
    assert drawn() == 3
    assert client.get("/").content == first
    assert drawn() == 3


def test_readers_share_what_is_the_same_for_them_and_nothing_else(as_alice, as_bob, client, alice):
    tweet = make_tweet(alice)
    liked = f'formaction="{tweet.path}/unlike"'
    like_tweet(alice, tweet)
    assert liked in as_alice.get("/").content.decode()
    for other in (as_bob, client):
        assert liked not in other.get("/").content.decode()
    assert liked in as_alice.get("/").content.decode()


def test_changes_are_seen_at_once(client, alice):
    tweet = make_tweet(alice, "at first")
    client.get("/")
    edit_tweet(alice, tweet, TweetDraft("and then"))
    page = client.get("/").content.decode()
    assert "and then" in page
    assert "edited" in page
    assert "at first" not in page
    type(alice).objects.filter(pk=alice.pk).update(display_name="Alice Renamed")
    assert "Alice Renamed" in client.get("/").content.decode()
    delete_tweet(alice, tweet)
    assert "and then" not in client.get("/").content.decode()


def test_only_pictures_further_down_are_loaded_late(client, alice):
    for _ in range(3):
        make_tweet(alice, images=[make_image(alice)])
    page = client.get("/").content.decode()
    assert page.count('decoding="async"') == 3
    assert page.count('decoding="async" loading="lazy"') == 1


def test_while_debugging_every_card_is_drawn(client, alice, drawn, settings):
    make_tweet(alice)
    settings.DEBUG = True
    client.get("/")
    assert drawn() == 0


def test_the_side_column_is_drawn_once_for_readers_and_once_for_visitors(as_alice, as_bob, client):
    cards._kept_side.cache_clear()
    pages = [reader.get("/about/").content.decode() for reader in (as_alice, as_bob, client, client)]
    assert cards._kept_side.cache_info().misses == 2
    assert ["New here?" in page for page in pages] == [False, False, True, True]


def test_the_side_column_is_there_on_a_page_that_knows_nobody():
    assert "Around here" in cards.draw_side("", "")
