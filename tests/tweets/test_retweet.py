"""Spreading tweets."""

import pytest
from django.contrib.auth.models import AnonymousUser

from common.errors import Invalid, NotAllowed, NotFound
from common.paging import Window
from events.catalogue import RetweetUndone, TweetRetweeted
from relationships.actions import block_user, follow_user
from tests.factories import make_tweet, make_user
from timelines.actions import keep_home
from timelines.queries import home_ids
from tweets.actions import (
    delete_tweet,
    hide_tweet,
    mute_thread,
    post_tweet,
    retweet,
    undo_retweet,
    unmute_thread,
)
from tweets.cards import cards_for
from tweets.draft import TweetDraft
from tweets.models import ThreadMute, Tweet
from tweets.queries import retweeters_of

pytestmark = pytest.mark.django_db


def retweets(tweet: Tweet) -> int:
    return Tweet.objects.get(pk=tweet.pk).retweets_count


def test_it_points_at_the_tweet_and_twice_is_harmless(alice, bob, announced):
    tweet = make_tweet(bob)
    with announced() as events:
        row = retweet(alice, tweet)
        assert retweet(alice, tweet) == row
    assert (row.author, row.retweet_of, row.text) == (alice, tweet, "")
    assert retweets(tweet) == 1
    assert events == [TweetRetweeted(retweet_id=row.id, tweet_id=tweet.id, person_id=alice.id)]


def test_a_retweet_of_a_retweet_spreads_the_first(alice, bob, carol):
    tweet = make_tweet(bob)
    assert retweet(alice, retweet(carol, tweet)).retweet_of == tweet
    assert retweets(tweet) == 2


def test_undoing_twice_is_harmless(alice, bob, announced):
    tweet = make_tweet(bob)
    row = retweet(alice, tweet)
    with announced() as events:
        undo_retweet(alice, tweet)
        undo_retweet(alice, tweet)
    assert retweets(tweet) == 0
    assert events == [RetweetUndone(retweet_id=row.id, tweet_id=tweet.id, person_id=alice.id)]


@pytest.mark.parametrize("visibility", ["followers", "direct"])
def test_what_was_not_meant_for_everyone_stays_where_it_is(alice, bob, visibility):
    follow_user(alice, bob)
    tweet = post_tweet(bob, TweetDraft(text="hello @alice", visibility=visibility))
    with pytest.raises(NotAllowed, match="Only public"):
        retweet(alice, tweet)


def test_what_one_may_not_see(alice, bob):
    tweet = make_tweet(bob)
    block_user(bob, alice)
    with pytest.raises(NotFound):
        retweet(alice, tweet)


def test_the_card_shows_who_spread_it_and_hides_what_is_hidden(alice, bob, carol, staff):
    tweet = make_tweet(bob, "spread me")
    row = retweet(alice, tweet)
    (card,) = cards_for([row.id], carol)
    assert (card.id, card.entry_id) == (tweet.id, row.id)
    assert (card.retweeted_by.id, card.author.id) == (alice.id, bob.id)
    assert not card.retweeted
    assert cards_for([row.id], alice)[0].retweeted
    hide_tweet(staff, tweet)
    assert cards_for([row.id], carol) == []


def test_a_block_of_the_author_hides_it_in_retweets_too(alice, bob, carol):
    row = retweet(alice, make_tweet(bob))
    block_user(carol, bob)
    assert cards_for([row.id], carol) == []


def test_retweets_go_with_the_tweet(alice, bob):
    tweet = make_tweet(bob)
    retweet(alice, tweet)
    delete_tweet(bob, tweet)
    assert not Tweet.objects.exists()


def test_deleting_a_retweet_takes_it_back(alice, bob, announced):
    tweet = make_tweet(bob)
    row = retweet(alice, tweet)
    with announced() as events:
        delete_tweet(alice, row)
    assert retweets(tweet) == 0
    assert list(Tweet.objects.all()) == [tweet]
    assert events == [RetweetUndone(retweet_id=row.id, tweet_id=tweet.id, person_id=alice.id)]


def test_muting_the_thread_of_a_retweet_mutes_that_of_the_tweet(alice, bob):
    row = retweet(alice, tweet := make_tweet(bob))
    mute_thread(alice, row)
    assert ThreadMute.objects.get().conversation_id == tweet.conversation_id
    unmute_thread(alice, row)
    assert not ThreadMute.objects.exists()


@pytest.mark.parametrize(
    ("of", "wished", "found"),
    [
        ("public", "", "public"),
        ("public", "quiet", "quiet"),
        ("public", "followers", "followers"),
        ("quiet", "", "quiet"),
        ("quiet", "public", "quiet"),
        ("quiet", "followers", "followers"),
    ],
)
def test_it_is_for_whom_one_wishes_and_never_for_more_than_the_tweet(alice, bob, of, wished, found):
    assert retweet(alice, make_tweet(bob, visibility=of), visibility=wished).visibility == found


def test_for_followers_alone_nobody_else_learns_of_it(alice, bob, carol):
    tweet = make_tweet(bob)
    follow_user(carol, alice)
    row = retweet(alice, tweet, visibility="followers")
    assert retweet(alice, tweet) == row
    stranger = make_user()
    for person, sees_it in ((alice, True), (carol, True), (stranger, False), (AnonymousUser(), False)):
        assert Tweet.objects.visible_to(person).filter(pk=row.pk).exists() is sees_it
        assert retweeters_of(tweet, person).exists() is sees_it
    keep_home(carol)
    assert home_ids(carol, Window(5)) == [row.pk]


@pytest.mark.parametrize("odd", ["direct", "nobody"])
def test_it_is_for_nobody_by_name(alice, bob, odd):
    with pytest.raises(Invalid):
        retweet(alice, make_tweet(bob), visibility=odd)
