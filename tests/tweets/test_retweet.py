"""Spreading tweets."""

import threading

import pytest
from django.db import connection

from common.errors import NotAllowed, NotFound
from events.catalogue import RetweetUndone, TweetRetweeted
from relationships.actions import block_user, follow_user
from tests.factories import make_tweet, make_user
from tweets.actions import delete_tweet, hide_tweet, post_tweet, retweet, undo_retweet
from tweets.cards import cards_for
from tweets.draft import TweetDraft
from tweets.models import Tweet

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


@pytest.mark.django_db(transaction=True)
def test_twenty_at_the_same_moment_are_one():
    alice, bob = make_user("alice"), make_user("bob")
    tweet = make_tweet(bob)

    def spread() -> None:
        try:
            retweet(alice, tweet)
        finally:
            connection.close()

    threads = [threading.Thread(target=spread) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Tweet.objects.filter(retweet_of=tweet).count() == 1
    assert retweets(tweet) == 1
