"""Liking."""

import pytest

from common.errors import NotFound
from events.catalogue import TweetLiked, TweetUnliked
from relationships.actions import block_user
from tests.factories import make_tweet, make_user
from tweets.actions import hide_tweet, like_tweet, retweet, unlike_tweet
from tweets.models import Like, Tweet

pytestmark = pytest.mark.django_db


def likes(tweet: Tweet) -> int:
    return Tweet.objects.get(pk=tweet.pk).likes_count


def test_it_sets_the_state_and_twice_is_harmless(alice, bob, announced):
    tweet = make_tweet(bob)
    with announced() as events:
        like_tweet(alice, tweet)
        like_tweet(alice, tweet)
    assert likes(tweet) == 1
    assert events == [TweetLiked(tweet_id=tweet.id, person_id=alice.id)]


def test_taking_it_back_twice_is_harmless(alice, bob, announced):
    tweet = make_tweet(bob)
    like_tweet(alice, tweet)
    with announced() as events:
        unlike_tweet(alice, tweet)
        unlike_tweet(alice, tweet)
    assert likes(tweet) == 0
    assert events == [TweetUnliked(tweet_id=tweet.id, person_id=alice.id)]


def test_liking_a_retweet_likes_what_it_spreads(alice, bob, carol):
    tweet = make_tweet(bob)
    like_tweet(alice, retweet(carol, tweet))
    assert likes(tweet) == 1


def test_what_one_may_not_see_cannot_be_liked_but_an_old_like_can_go(alice, bob, staff):
    tweet, hidden = make_tweet(bob), make_tweet(bob)
    like_tweet(alice, tweet)
    block_user(bob, alice)
    hide_tweet(staff, hidden)
    for gone in (tweet, hidden):
        with pytest.raises(NotFound):
            like_tweet(alice, gone)
    unlike_tweet(alice, tweet)
    assert not Like.objects.exists()


def test_who_has_not_confirmed_reads_only(bob):
    with pytest.raises(NotFound):
        like_tweet(make_user("newcomer", confirmed=False), make_tweet(bob))
