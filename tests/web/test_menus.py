"""The menus of a card: fragments for the script that opens them, small pages for those without."""

import pytest

from relationships.actions import follow_user, mute_user
from tests.factories import make_tweet, make_user
from tests.web.gestures import FRAGMENT
from tweets.actions import retweet

pytestmark = pytest.mark.django_db


@pytest.fixture
def tweet(alice):
    return make_tweet(alice, "wise words")


def opened(client, tweet, part="menu", **headers):
    return client.get(f"{tweet.path}/{part}", headers=headers).content.decode()


def test_every_card_leads_to_its_menus(client, tweet):
    page = client.get("/").content.decode()
    assert f'href="{tweet.path}/menu"' in page
    assert f'href="{tweet.path}/share"' in page


def test_others_may_be_followed_muted_and_blocked(as_bob, tweet):
    menu = opened(as_bob, tweet)
    assert "wise words" in menu
    assert 'formaction="/@alice/follow"' in menu
    for way in ("/@alice/mute", "/@alice/block", "/@alice/lists"):
        assert f'href="{way}"' in menu
    assert 'data-copy-words="@alice@' in menu
    assert f'formaction="{tweet.path}/mute"' in menu
    assert "/edit/" not in menu
    assert "/pin" not in menu


def test_it_says_what_would_change_now(as_bob, bob, alice, tweet):
    follow_user(bob, alice)
    mute_user(bob, alice)
    as_bob.post(f"{tweet.path}/mute")
    menu = opened(as_bob, tweet)
    assert 'formaction="/@alice/unfollow"' in menu
    assert 'formaction="/@alice/unmute"' in menu
    assert f'formaction="{tweet.path}/unmute"' in menu


def test_a_locked_person_is_asked(as_bob, tweet, alice):
    type(alice).objects.update(is_locked=True)
    assert "Ask to follow" in opened(as_bob, tweet)


def test_ones_own_may_be_edited_pinned_and_deleted(as_alice, tweet):
    menu = opened(as_alice, tweet)
    for way in (f"/edit/{tweet.id}/", f"{tweet.path}/pin", f"/delete/{tweet.id}/"):
        assert way in menu
    assert "/@alice/block" not in menu
    assert "/@alice/follow" not in menu


def test_visitors_are_told_where_to_log_in(client, tweet):
    menu = opened(client, tweet)
    assert f"/login/?next=/%40alice/{tweet.id}" in menu
    assert "formaction" not in menu.partition('<ul class="menu-page">')[2].partition("</ul>")[0]


def test_the_unconfirmed_are_offered_nothing_that_would_be_refused(as_person, tweet):
    menu = opened(as_person(make_user("new", confirmed=False)), tweet, **FRAGMENT)
    assert "/follow" not in menu
    assert f"{tweet.path}/mute" not in menu
    assert "/@alice/block" in menu


def test_sharing_shows_the_address_and_the_way_to_quote(client, tweet, settings):
    page = opened(client, tweet, "share")
    assert f'value="{settings.SITE_URL}{tweet.path}" readonly' in page
    assert f'data-copy="{tweet.path}"' in page
    assert f'href="/create/?quote={tweet.id}"' in page


def test_what_is_for_few_is_not_offered_for_quoting(as_alice, alice):
    tweet = make_tweet(alice, "among us", visibility="followers")
    assert "/create/?quote=" not in opened(as_alice, tweet, "share")


@pytest.mark.parametrize("part", ["menu", "share"])
def test_a_script_gets_only_the_entries(as_bob, tweet, part):
    html = opened(as_bob, tweet, part, **FRAGMENT)
    assert html.startswith("<li")
    assert "<html" not in html
    assert "HX-Request" in as_bob.get(f"{tweet.path}/{part}")["Vary"]


@pytest.mark.parametrize("part", ["menu", "share"])
def test_other_addresses_lead_to_the_true_one(as_bob, carol, tweet, part):
    assert as_bob.get(f"/@Alice/{tweet.id}/{part}").url == f"{tweet.path}/{part}"
    spread = retweet(carol, tweet)
    assert as_bob.get(f"{spread.path}/{part}").url == f"{tweet.path}/{part}"


def test_it_takes_a_fixed_number_of_queries(as_bob, tweet, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        opened(as_bob, tweet, **FRAGMENT)
