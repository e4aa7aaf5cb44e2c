"""Keeping tweets for later, and the page of what one kept."""

import pytest

from relationships.actions import block_user
from tests.factories import make_image, make_tweet
from tests.web import gestures
from tests.web.gestures import FRAGMENT, press
from tweets.actions import bookmark_tweet
from tweets.models import Bookmark

pytestmark = pytest.mark.django_db


@pytest.fixture
def tweet(alice):
    return make_tweet(alice, "keep me")


def test_keeping_and_letting_go_twice_each(as_bob, tweet):
    for _ in range(2):
        assert press(as_bob, tweet, "bookmark").status_code == 302
        assert Bookmark.objects.count() == 1
    assert "keep me" in as_bob.get("/bookmarks/").content.decode()
    for _ in range(2):
        assert press(as_bob, tweet, "unbookmark").status_code == 302
        assert Bookmark.objects.count() == 0
    assert "Keep tweets for later" in as_bob.get("/bookmarks/").content.decode()


def test_the_ways_back_of_each_reader(as_bob, client, tweet):
    gestures.leads_back_to_the_card(as_bob, tweet, "bookmark")
    gestures.leads_visitors_to_log_in_and_back(client, tweet, "bookmark")
    row = gestures.answers_only_the_row(as_bob, tweet, "bookmark")
    assert f'formaction="{tweet.path}/unbookmark" aria-pressed="true"' in row


def test_they_are_private(as_alice, as_bob, bob, client, tweet):
    bookmark_tweet(bob, tweet)
    assert "keep me" not in as_alice.get("/bookmarks/").content.decode()
    assert client.get("/bookmarks/").url == "/login/?next=/bookmarks/"
    assert "Cookie" in as_bob.get("/bookmarks/")["Vary"]


def test_the_latest_kept_stands_first_and_pages_lead_on(as_bob, bob, alice, settings):
    settings.FEED_PAGE_SIZE = 2
    first, second, third = (make_tweet(alice, f"number {n}") for n in "123")
    for tweet in (second, third, first):
        bookmark_tweet(bob, tweet)
    page = as_bob.get("/bookmarks/")
    assert [card.id for card in page.context["page"].cards] == [first.id, third.id]
    older = as_bob.get(page.context["page"].older_url, headers=FRAGMENT)
    assert [card.id for card in older.context["page"].cards] == [second.id]
    assert "<html" not in older.content.decode()
    assert as_bob.get(page.context["page"].older_url).context["page"].newer_url == "/bookmarks/"


def test_what_one_may_no_longer_see_is_left_out_and_does_not_stop_the_list(
    as_bob, bob, alice, carol, settings
):
    settings.FEED_PAGE_SIZE = 2
    bookmark_tweet(bob, make_tweet(carol, "still there"))
    for _ in range(2):
        bookmark_tweet(bob, make_tweet(alice, "hidden by a block"))
    block_user(alice, bob)
    page = as_bob.get("/bookmarks/")
    assert page.context["page"].cards == []
    assert "Keep tweets for later" not in page.content.decode()
    assert "still there" in as_bob.get(page.context["page"].older_url).content.decode()


def test_it_takes_as_many_queries_for_three_as_for_thirty(
    as_bob, bob, alice, settings, django_assert_max_num_queries
):
    settings.FEED_PAGE_SIZE = 30
    for number in range(30):
        bookmark_tweet(
            bob, make_tweet(alice, f"number {number}", [make_image(alice)] if number % 9 == 0 else None)
        )
        if number in (2, 29):
            as_bob.get("/bookmarks/")
            with django_assert_max_num_queries(9):
                assert len(as_bob.get("/bookmarks/").context["page"].cards) == number + 1
