"""Staff hide tweets, and people's suspension hides all of theirs."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.actions import restore_user, suspend_user
from accounts.models import User
from common.errors import NotAllowed
from events.catalogue import TweetHidden, TweetRestored
from tests.factories import make_tweet
from tweets.actions import delete_tweet, hide_tweet, unhide_tweet
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


def visible() -> list[Tweet]:
    return list(Tweet.objects.visible_to(AnonymousUser()))


def test_a_hidden_tweet_is_seen_by_nobody_and_comes_back(alice, staff, announced):
    tweet = make_tweet(alice)
    with announced() as events:
        hide_tweet(staff, tweet)
        hide_tweet(staff, tweet)
        assert visible() == []
        unhide_tweet(staff, tweet)
        unhide_tweet(staff, tweet)
    assert visible() == [tweet]
    assert events == [TweetHidden(tweet.id, staff.id), TweetRestored(tweet.id, staff.id)]


def test_the_authors_public_count_follows(alice, staff):
    hidden, kept = make_tweet(alice), make_tweet(alice)

    def count() -> int:
        return User.objects.get(pk=alice.pk).tweets_count

    hide_tweet(staff, hidden)
    hide_tweet(staff, hidden)
    assert count() == 1
    unhide_tweet(staff, hidden)
    assert count() == 2
    hide_tweet(staff, hidden)
    delete_tweet(alice, hidden)
    assert count() == 1
    delete_tweet(alice, kept)
    assert count() == 0


def test_only_staff_may(alice, bob):
    tweet = make_tweet(alice)
    for deed in (hide_tweet, unhide_tweet):
        with pytest.raises(NotAllowed):
            deed(bob, tweet)
    assert visible() == [tweet]


def test_the_tweets_of_the_suspended_go_and_come_back(alice, bob, staff):
    hers, his = make_tweet(alice), make_tweet(bob)
    suspend_user(staff, alice)
    assert visible() == [his]
    alice.refresh_from_db()
    restore_user(staff, alice)
    assert set(visible()) == {hers, his}
