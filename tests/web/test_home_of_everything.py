"""Home with everything at once that a home can hold: its queries stay few, whatever came together."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relationships.actions import FilterDraft, create_filter, follow_user
from tests.factories import make_image, make_quote, make_reply, make_tweet, make_user
from timelines.actions import follow_tag, keep_home
from tweets.actions import hide_tweet, like_tweet, retweet

pytestmark = pytest.mark.django_db
MOST = 8  # what a home may cost


@pytest.fixture
def reader(as_alice, alice, bob, carol, events_happen, settings):
    """Alice follows Bob, somebody with very many followers and a tag, and filters words."""
    settings.FANOUT_LIMIT = 1
    large = make_user("large")
    keep_home(alice)
    with events_happen():
        for follower in (alice, make_user(), make_user()):
            follow_user(follower, large)
        follow_user(alice, bob)
        follow_tag(alice, "tea")
    create_filter(alice, FilterDraft("Jam", {"marmalade": True}, ("home",), "hide"))
    create_filter(alice, FilterDraft("Toast", {"crumbs": True}, ("home",), "warn"))
    return as_alice


def everything(bob, carol, large) -> dict[str, int]:
    """One of each, newest last: what it is -> its entry."""
    quote = make_quote(carol, make_tweet(carol, images=[make_image(carol)]))
    answered = make_tweet(bob, "crumbs everywhere", quoters="followers")
    liked = make_tweet(large, "a picture", [make_image(large)])
    like_tweet(bob, liked)
    return {
        "folded": answered.id,
        "large author": liked.id,
        "retweet of a quote": retweet(bob, quote).id,
        "large author's retweet": retweet(large, make_tweet(carol, images=[make_image(carol)])).id,
        "tag": make_tweet(carol, "#tea").id,
        "reply": make_reply(large, answered).id,
        "quote": make_quote(bob, liked).id,
        "followers": make_tweet(bob, visibility="followers").id,
    }


@pytest.mark.parametrize("times", [1, 5])
def test_eight_queries_at_most(reader, bob, carol, events_happen, settings, times):
    settings.FEED_PAGE_SIZE = 50
    large = type(bob).objects.get(username="large")
    shown: list[int] = []
    with events_happen():
        for _ in range(times):
            shown += everything(bob, carol, large).values()
            make_tweet(bob, "marmalade")
    reader.get("/")  # the visit is noted once an hour
    with CaptureQueriesContext(connection) as counted:
        page = reader.get("/").context["page"]
    assert [card.entry_id for card in page.cards] == shown[::-1]
    assert {card.because_of for card in page.cards} == {"", "tea"}
    assert {card.filtered_by for card in page.cards} == {(), ("Toast",)}
    assert len(counted) <= MOST - 2


@pytest.mark.parametrize("address", ["/", "/?cursor=9223372036854775807"])
def test_also_behind_very_many_that_are_gone(reader, bob, carol, staff, events_happen, address):
    """What may no longer be seen makes home read on, but once; where the entries end, once more."""
    large = type(bob).objects.get(username="large")
    with events_happen():
        seen = list(everything(bob, carol, large).values())
        for _ in range(150):
            hide_tweet(staff, make_tweet(bob))
        newest = make_tweet(bob)
    reader.get("/")
    with CaptureQueriesContext(connection) as counted:
        page = reader.get(address).context["page"]
    assert [card.entry_id for card in page.cards] == [newest.id, *seen[::-1]]
    assert len(counted) <= MOST + 1
