"""Single tweets behind a filter: folded or hidden whatever they say, for their reader alone."""

import pytest

from common.errors import Invalid, NotFound
from events.bus import heard_by
from events.catalogue import WordFiltersChanged
from relationships.actions import FilterDraft, create_filter
from tests.factories import make_tweet
from tweets.actions import delete_tweet, filter_tweet, retweet, stop_filtering_tweet
from tweets.cards import cards_for
from tweets.filtering import Context, filtered, folded
from tweets.models import FilteredTweet
from tweets.queries import filtered_tweet_for

pytestmark = pytest.mark.django_db


def make_filter(owner, action="warn", contexts=("home",)):
    return create_filter(owner, FilterDraft("Enough", {}, contexts, action, may_be_empty=True))


def seen(viewer, tweet, context=Context.HOME):
    viewer.refresh_from_db()
    return filtered(cards_for([tweet.id], viewer), viewer, context)


@pytest.mark.parametrize("action", ["warn", "hide"])
def test_the_tweet_is_treated_as_if_a_word_stood_there(alice, bob, carol, action):
    tweet, other = make_tweet(alice, "Toast"), make_tweet(alice, "Toast")
    filter_tweet(bob, make_filter(bob, action).id, tweet)

    cards = seen(bob, tweet)
    assert cards == [] if action == "hide" else [card.filtered_by for card in cards] == [("Enough",)]
    assert folded(cards_for([tweet.id], bob)[0], bob, Context.HOME).filtered_by == ("Enough",)
    assert seen(bob, other)[0].filtered_by == seen(carol, tweet)[0].filtered_by == ()
    assert seen(bob, tweet, Context.THREAD)[0].filtered_by == ()  # another place


def test_a_retweet_of_it_too(alice, bob, carol):
    tweet = make_tweet(alice)
    spread = retweet(carol, tweet)
    filter_tweet(bob, make_filter(bob, "hide").id, spread)

    assert seen(bob, spread) == seen(bob, tweet) == []


def test_twice_is_harmless_and_it_is_announced_once(alice, bob):
    tweet, mine = make_tweet(alice), make_filter(bob)
    events = []
    with heard_by(events.append):
        first, again = (filter_tweet(bob, mine.id, tweet) for _ in range(2))
    assert first == again
    assert events == [WordFiltersChanged(bob.id)]
    with heard_by(events.append):
        stop_filtering_tweet(bob, first.id)
        stop_filtering_tweet(bob, first.id)
    assert len(events) == 2
    assert seen(bob, tweet)[0].filtered_by == ()


def test_it_takes_a_filter_of_ones_own(alice, bob):
    theirs, tweet = make_filter(alice), make_tweet(alice)
    with pytest.raises(NotFound):
        filter_tweet(bob, theirs.id, tweet)
    row = filter_tweet(alice, theirs.id, tweet)
    stop_filtering_tweet(bob, row.id)
    assert FilteredTweet.objects.exists()
    with pytest.raises(NotFound):
        filtered_tweet_for(bob, row.id)


def test_one_filter_holds_so_many(alice, bob, settings):
    settings.FILTER_TWEETS_MAX = 1
    mine = make_filter(bob)
    filter_tweet(bob, mine.id, make_tweet(alice))
    with pytest.raises(Invalid):
        filter_tweet(bob, mine.id, make_tweet(alice))


def test_it_goes_with_its_tweet(alice, bob):
    tweet = make_tweet(alice)
    filter_tweet(bob, make_filter(bob).id, tweet)
    delete_tweet(alice, tweet)

    assert not FilteredTweet.objects.exists()
