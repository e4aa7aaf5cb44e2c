"""Pages stay full when some of what a timeline holds may no longer be seen."""

import pytest

from accounts.actions import restore_user, suspend_user
from relationships.actions import follow_user
from tests.factories import make_tweet
from timelines.actions import keep_home
from tweets.actions import hide_tweet, retweet, unhide_tweet

pytestmark = pytest.mark.django_db


def ids_shown(response) -> list[int]:
    return [card.entry_id for card in response.context["page"].cards]


@pytest.fixture
def said(alice, bob, carol, events_happen, settings):
    """Of what Alice has at home every tweet of Carol is to go: pairs of who said it and its id."""
    settings.FEED_PAGE_SIZE = 3
    keep_home(alice)
    with events_happen():
        follow_user(alice, bob)
        follow_user(alice, carol)
    with events_happen():
        return [(who, make_tweet(who).id) for who in [bob] * 3 + [carol] * 9 + [bob] * 4]


def test_home_reads_on_behind_a_suspended_author(as_alice, said, bob, carol, staff):
    by_bob = [an_id for who, an_id in said if who == bob][::-1]
    suspend_user(staff, carol)
    first = as_alice.get("/")
    second = as_alice.get(first.context["page"].next_url)
    third = as_alice.get(second.context["page"].next_url)
    assert [ids_shown(first), ids_shown(second), ids_shown(third)] == [by_bob[:3], by_bob[3:6], by_bob[6:]]
    assert third.context["page"].is_last
    restore_user(staff, carol)
    assert set(ids_shown(as_alice.get(f"/?cursor={said[12][1]}"))) == {an_id for _, an_id in said[9:12]}


def test_a_hidden_tweet_goes_and_comes_with_what_spreads_it(as_alice, said, bob, staff, events_happen, carol):
    with events_happen():
        hidden = make_tweet(staff)
        spread = retweet(bob, hidden)
    newest = [an_id for _, an_id in said][::-1]
    assert ids_shown(as_alice.get("/")) == [spread.id, *newest[:2]]
    hide_tweet(staff, hidden)
    assert ids_shown(as_alice.get("/")) == newest[:3]
    unhide_tweet(staff, hidden)
    assert ids_shown(as_alice.get("/")) == [spread.id, *newest[:2]]


def test_nothing_to_see_at_all_ends(as_alice, said, bob, carol, staff):
    suspend_user(staff, carol)
    suspend_user(staff, bob)
    page = as_alice.get("/").context["page"]
    assert page.cards == []
    assert page.is_last
