"""The same or contrary deeds at the same moment: one outcome, right counters, no broken page.

SQLite takes writers one after the other; PostgreSQL is where these can go wrong.
"""

import pytest

from relationships.actions import (
    accept_follow,
    block_user,
    follow_user,
    refuse_follow,
    remove_follower,
    unfollow_user,
)
from relationships.models import Block, Follow, FollowRequest
from tests.attacks.crowd import at_once, counters_agree
from tests.factories import make_quote, make_reply, make_tweet, make_user
from tweets.actions import (
    bookmark_tweet,
    delete_tweet,
    hide_tweet,
    like_tweet,
    mute_thread,
    pin_tweet,
    post_thread,
    retweet,
    undo_retweet,
    unlike_tweet,
)
from tweets.draft import TweetDraft
from tweets.models import Bookmark, Like, ThreadMute, Tweet

pytestmark = pytest.mark.django_db(transaction=True)
MANY, TRIES = 20, 8


@pytest.fixture
def tweet(alice):
    return make_tweet(alice, "look")


SAME = {
    "like": (lambda bob, tweet: like_tweet(bob, tweet), Like),
    "retweet": (lambda bob, tweet: retweet(bob, tweet), Tweet.objects.filter(retweet_of__isnull=False)),
    "bookmark": (lambda bob, tweet: bookmark_tweet(bob, tweet), Bookmark),
    "mute thread": (lambda bob, tweet: mute_thread(bob, tweet), ThreadMute),
    "follow": (lambda bob, tweet: follow_user(bob, tweet.author), Follow),
    "block": (lambda bob, tweet: block_user(bob, tweet.author), Block),
}


@pytest.mark.parametrize("deed", SAME)
def test_twenty_times_the_same_is_one(bob, tweet, deed):
    do, rows = SAME[deed]
    assert at_once(lambda: do(bob, tweet), times=MANY) == []
    assert (rows if deed == "retweet" else rows.objects).count() == 1
    assert counters_agree()


def test_twenty_requests_are_one(bob):
    shy = make_user("shy", is_locked=True)
    assert at_once(lambda: follow_user(bob, shy), times=MANY) == []
    assert FollowRequest.objects.count() == 1


def test_taking_back_twenty_times_counts_once(bob, carol, tweet):
    for person in (bob, carol):
        like_tweet(person, tweet)
        retweet(person, tweet)
        follow_user(person, tweet.author)
    for undo in (
        lambda: unlike_tweet(bob, tweet),
        lambda: undo_retweet(bob, tweet),
        lambda: unfollow_user(bob, tweet.author),
    ):
        assert at_once(undo, times=MANY) == []
    tweet.refresh_from_db()
    assert (tweet.likes_count, tweet.retweets_count) == (1, 1)
    assert counters_agree()


def test_no_more_pins_than_there_is_room_for(alice, settings):
    tweets = [make_tweet(alice) for _ in range(settings.TWEETS_PINNED_MAX + 5)]
    assert at_once(*[lambda one=one: pin_tweet(alice, one) for one in tweets]) == []
    assert Tweet.objects.filter(pinned_at__isnull=False).count() == settings.TWEETS_PINNED_MAX


def test_doing_and_undoing_at_once_leaves_true_counts(bob, tweet):
    deeds = [
        lambda: like_tweet(bob, tweet),
        lambda: unlike_tweet(bob, tweet),
        lambda: retweet(bob, tweet),
        lambda: undo_retweet(bob, tweet),
        lambda: follow_user(bob, tweet.author),
        lambda: unfollow_user(bob, tweet.author),
        lambda: remove_follower(tweet.author, bob),
    ]
    assert at_once(*deeds, times=3) == []
    assert counters_agree()


REACTIONS = [like_tweet, unlike_tweet, retweet, undo_retweet, bookmark_tweet, make_reply, make_quote]


@pytest.mark.parametrize("react", REACTIONS, ids=lambda deed: deed.__name__)
def test_deleting_while_others_react_breaks_neither(alice, bob, react):
    for _ in range(TRIES):
        tweet = make_tweet(alice)
        if react in (unlike_tweet, undo_retweet):
            like_tweet(bob, tweet)
            retweet(bob, tweet)
        assert at_once(lambda one=tweet: react(bob, one), lambda one=tweet: delete_tweet(alice, one)) == []
        assert not Tweet.objects.filter(pk=tweet.pk).exists()
    assert not Like.objects.exists()
    assert not Bookmark.objects.exists()
    assert not Tweet.objects.filter(author=bob, is_reply=False, is_quote=False).exists()
    assert counters_agree()


def test_what_answers_goes_while_what_it_answers_is_hidden_and_goes(alice, bob, staff):
    for _ in range(TRIES):
        parent = make_tweet(alice)
        answer = make_reply(bob, parent)
        deeds = [
            lambda one=answer: delete_tweet(bob, one),
            lambda one=parent: hide_tweet(staff, one),
            lambda one=answer: hide_tweet(staff, one),
            lambda one=parent: delete_tweet(alice, one),
        ]
        assert at_once(*deeds) == []
    assert not Tweet.objects.exists()
    assert counters_agree()


def test_two_who_answer_and_quote_each_other_crosswise_do_not_wait_for_each_other(alice, bob):
    one, other = make_tweet(alice), make_tweet(bob)
    deeds = [
        lambda: make_reply(alice, one, quote_of_id=other.id),
        lambda: make_reply(bob, other, quote_of_id=one.id),
    ]
    assert at_once(*deeds, times=TRIES) == []
    for tweet in (one, other):
        tweet.refresh_from_db()
        assert (tweet.replies_count, tweet.quotes_count) == (TRIES, TRIES)


def test_pinning_liking_and_deleting_ones_own_at_once(alice):
    for _ in range(TRIES):
        tweet = make_tweet(alice)
        deeds = [lambda one=tweet, do=do: do(alice, one) for do in (pin_tweet, like_tweet, delete_tweet)]
        assert at_once(*deeds) == []
    assert not Tweet.objects.exists()
    assert counters_agree()


def test_threads_with_the_same_new_tags_the_other_way_round(alice, bob):
    for number in range(TRIES):
        words = [f"#first{number}", f"#second{number}"]
        deeds = [
            lambda said=words: post_thread(alice, [TweetDraft(word) for word in said]),
            lambda said=words[::-1]: post_thread(bob, [TweetDraft(word) for word in said]),
        ]
        assert at_once(*deeds) == []
    assert Tweet.objects.count() == 4 * TRIES


def test_nobody_follows_across_a_block_of_the_same_moment():
    for _ in range(TRIES):
        alice, bob = make_user(), make_user()
        deeds = [
            lambda one=alice, other=bob: follow_user(other, one),
            lambda one=alice, other=bob: follow_user(one, other),
            lambda one=alice, other=bob: block_user(one, other),
            lambda one=alice, other=bob: unfollow_user(one, other),
        ]
        assert at_once(*deeds, times=3) == []
    assert Block.objects.count() == TRIES
    assert not Follow.objects.exists()
    assert counters_agree()


CONTRARY = {
    "refuse": refuse_follow,
    "block": block_user,
    "take back": lambda shy, bob: unfollow_user(bob, shy),
}


@pytest.mark.parametrize("contrary", CONTRARY)
def test_a_request_gets_one_answer(bob, contrary):
    accepted: list[Follow] = []
    for _ in range(TRIES):
        shy = make_user(is_locked=True)
        follow_user(bob, shy)
        deeds = [
            lambda one=shy: accepted.append(accept_follow(one, bob)),
            lambda one=shy: CONTRARY[contrary](one, bob),
        ]
        assert at_once(*deeds) == []
    assert not FollowRequest.objects.exists()
    # A refusal that came too late changes nothing; a block and a withdrawal have the last word.
    assert Follow.objects.count() == (len(accepted) if contrary == "refuse" else 0)
    assert counters_agree()


def test_two_who_leave_each_other_do_not_wait_for_each_other(alice, bob):
    for _ in range(TRIES):
        follow_user(alice, bob)
        follow_user(bob, alice)
        assert at_once(lambda: unfollow_user(alice, bob), lambda: unfollow_user(bob, alice)) == []
    assert not Follow.objects.exists()
    assert counters_agree()


def test_a_thread_that_is_sent_twenty_times_stands_once(alice):
    thread = [TweetDraft(f"#new{number} one after the other", key="form") for number in range(5)]
    assert at_once(lambda: post_thread(alice, thread), times=MANY) == []
    assert list(Tweet.objects.order_by("id").values_list("text", flat=True)) == [one.text for one in thread]
    assert counters_agree()
