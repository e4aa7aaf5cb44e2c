"""Which tweets many people care for just now, and who sees them."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.actions import suspend_user
from accounts.models import User
from analytics.actions import recount_tweet_trends
from analytics.models import TweetTrend
from analytics.queries import trending_tweet_ids
from relationships.actions import block_user, mute_user
from tests.factories import make_quote, make_tweet, make_user
from tweets.actions import delete_tweet, hide_tweet, like_tweet, retweet, unlike_tweet

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


@pytest.fixture
def crowd(db) -> list[User]:
    return [make_user() for _ in range(4)]


def liked(tweet, people):
    for person in people:
        like_tweet(person, tweet)
    return tweet


def trending(viewer=VISITOR) -> list[int]:
    recount_tweet_trends()
    return trending_tweet_ids(viewer)


def test_what_more_people_like_stands_first(alice, bob, crowd):
    few = liked(make_tweet(alice, "good"), crowd[:3])
    many = liked(make_tweet(bob, "better"), crowd)
    assert trending() == [many.id, few.id]


def test_too_few_are_no_trend(alice, crowd, settings):
    tweet = liked(make_tweet(alice), crowd[: settings.TRENDS_MIN_PEOPLE - 1])
    assert trending() == []
    like_tweet(crowd[3], tweet)
    assert trending() == [tweet.id]
    unlike_tweet(crowd[3], tweet)
    assert trending() == []


def test_spreading_says_twice_as_much(alice, bob, carol, crowd):
    loved = liked(make_tweet(alice), crowd[:3])
    spread, quoted = make_tweet(bob), make_tweet(carol)
    for person in crowd[:2]:
        retweet(person, spread)
    for person in crowd[:3]:
        make_quote(person, quoted, "this")
    assert trending() == [quoted.id, spread.id, loved.id]


def test_a_vote_counts_half_after_some_hours_and_not_at_all_after_two_days(alice, bob, crowd, settings):
    now = timezone.now()
    with time_machine.travel(now + timedelta(days=1), tick=False):
        old = liked(make_tweet(alice), crowd)
    with time_machine.travel(
        now + timedelta(days=1, hours=2 * settings.TRENDS_TWEET_HALVE_HOURS), tick=False
    ):
        new = liked(make_tweet(bob), crowd[:3])
        assert trending() == [new.id, old.id]
        assert TweetTrend.objects.get(tweet=old).score == pytest.approx(1)
    with time_machine.travel(now + timedelta(days=3, minutes=1), tick=False):
        assert trending() == [new.id]


def test_one_author_has_few_of_them(alice, bob, crowd, settings):
    hers = [liked(make_tweet(alice), crowd) for _ in range(settings.TRENDS_BY_ONE + 2)]
    his = liked(make_tweet(bob), crowd[:3])
    assert trending() == [hers[-1].id, hers[-2].id, his.id]


@pytest.mark.parametrize(
    "draft", [{"visibility": "quiet"}, {"visibility": "followers"}, {"is_sensitive": True}]
)
def test_only_what_was_said_to_everybody_and_uncovered(alice, crowd, draft):
    tweet = make_tweet(alice, **draft)
    type(tweet).objects.update(likes_count=9)
    assert trending() == []


def test_who_does_not_wish_to_be_found_does_not_trend(alice, crowd):
    liked(make_tweet(alice), crowd)
    User.objects.filter(pk=alice.pk).update(is_findable=False)
    assert trending() == []


def test_what_is_gone_is_gone_at_once(alice, bob, carol, crowd, staff):
    hidden, suspended, deleted = (liked(make_tweet(who), crowd) for who in (alice, bob, carol))
    assert set(trending()) == {hidden.id, suspended.id, deleted.id}
    hide_tweet(staff, hidden)
    suspend_user(staff, bob)
    delete_tweet(carol, deleted)
    assert trending_tweet_ids(VISITOR) == []


def test_nobody_meets_whom_they_muted_or_blocked(alice, bob, carol, crowd):
    tweet = liked(make_tweet(alice), crowd)
    assert trending(bob) == [tweet.id]
    mute_user(bob, alice)
    block_user(alice, carol)
    assert trending_tweet_ids(bob) == trending_tweet_ids(carol) == []
    assert trending_tweet_ids(VISITOR) == [tweet.id]


def test_counting_twice_changes_nothing_and_costs_the_same(alice, crowd, django_assert_num_queries):
    for _ in range(2):
        liked(make_tweet(alice), crowd)
    recount_tweet_trends()
    before = list(TweetTrend.objects.values_list("tweet_id", flat=True))
    with django_assert_num_queries(7):  # two of them the savepoint
        recount_tweet_trends()
    assert list(TweetTrend.objects.values_list("tweet_id", flat=True)) == before


def test_only_the_newest_are_looked_at(alice, bob, crowd, settings):
    settings.TRENDS_READ = 2
    old = liked(make_tweet(alice), crowd)
    new = [liked(make_tweet(who), crowd) for who in (bob, bob)]
    assert trending() == [new[1].id, new[0].id]
    settings.TRENDS_READ = 3
    assert old.id in trending()
