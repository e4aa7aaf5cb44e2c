"""What lists offer in which nobody asked for one person's words: the one rule, in every one of them."""

import pytest
from django.contrib.auth.models import AnonymousUser

from analytics.models import TweetTrend
from analytics.queries import trending_tweet_ids
from common.paging import Window
from relationships.actions import follow_user, mute_user, unmute_user
from search.actions import index_tweets
from search.queries import Asked, latest
from search.query_language import read_question
from tests.factories import make_quote, make_tweet
from timelines.actions import add_to_list, create_list
from timelines.queries import list_ids
from tweets.models import Tweet
from tweets.queries import Public, Tagged, numbered_feed_page, public_ids, readers_of, tagged_ids

pytestmark = pytest.mark.django_db

_WINDOW = Window(limit=20)


def _listed(viewer) -> list[int]:
    friends = create_list(viewer, "Friends")
    for follow in viewer.follows_given.all():
        add_to_list(viewer, friends, follow.followed)
    return list_ids(friends, _WINDOW)


_LISTS = {
    "Local": lambda viewer: numbered_feed_page(viewer, 1, 20).ids,
    "public": lambda viewer: public_ids(viewer, Public(), _WINDOW),
    "a tag": lambda viewer: tagged_ids(viewer, Tagged(tag="tea"), _WINDOW),
    "search": lambda viewer: latest(Asked(read_question("tea")), viewer, _WINDOW).ids,
    "Explore": trending_tweet_ids,
    "a list of people": _listed,
    "lines that are open": lambda viewer: readers_of(
        Tweet.objects.values_list("pk", flat=True), [viewer.pk], but_muted=True
    )[viewer.pk],
}


@pytest.fixture
def quote(alice, bob, carol):
    """Bob, whom alice follows, quotes carol."""
    follow_user(alice, bob)
    said = make_quote(bob, make_tweet(carol, "Coffee"), "Better than #tea")
    index_tweets([said.pk])
    TweetTrend.objects.create(tweet=said, score=9)
    return said


@pytest.mark.parametrize("place", _LISTS)
def test_nobody_comes_across_what_others_quote_of_somebody_muted(alice, bob, carol, quote, place):
    assert quote.pk in _LISTS[place](alice)
    mute_user(alice, carol)
    assert quote.pk not in _LISTS[place](alice)
    assert place == "a list of people" or quote.pk in _LISTS[place](bob)
    unmute_user(alice, carol)
    assert quote.pk in _LISTS[place](alice)


def test_what_one_quoted_oneself_stays(alice, bob, carol, quote):
    mute_user(bob, carol)
    assert quote in Tweet.objects.visible_to(bob).offered_to(bob)


def test_visitors_mute_nobody(quote):
    assert quote in Tweet.objects.offered_to(AnonymousUser())


def test_a_quote_of_what_is_gone_is_offered_still(alice, carol, quote):
    mute_user(alice, carol)
    Tweet.objects.filter(pk=quote.quote_of_id).delete()
    assert quote in Tweet.objects.visible_to(alice).offered_to(alice)
