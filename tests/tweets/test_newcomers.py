"""What somebody new may not do yet, where staff wish it so."""

import time

import pytest
import time_machine

from common.errors import Invalid, TooMany
from relationships.actions import follow_user
from tests.factories import make_reply, make_tweet, make_user
from tweets.actions import edit_tweet, post_tweet
from tweets.actions.content import read_text
from tweets.actions.newcomers import check_newcomer
from tweets.draft import TweetDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def limited(set_joining):
    set_joining(new_for_hours=24, new_links_max=0, new_strangers_max=1, new_tweets_per_hour=3)


def test_without_a_policy_nobody_is_new(alice, bob, carol):
    make_tweet(alice, "@bob @carol https://example.org https://example.com")


def test_links_wait(limited, alice):
    with pytest.raises(Invalid, match="no links"):
        make_tweet(alice, "look at https://example.org")
    tweet = make_tweet(alice, "look")
    with pytest.raises(Invalid, match="no links"):
        edit_tweet(alice, tweet, TweetDraft("look at https://example.org"), revision=tweet.revision)


def test_strangers_are_not_named_by_the_dozen(limited, alice, bob, carol):
    make_tweet(alice, "good morning @bob")
    with pytest.raises(Invalid, match="1 person who does not follow you"):
        make_tweet(alice, "good morning @bob and @carol")
    follow_user(carol, alice)
    make_tweet(alice, "good morning @bob and @carol, too")


def test_whom_one_answers_is_no_stranger(limited, alice, bob, carol):
    follow_user(carol, bob)
    asked = make_tweet(bob, "what do @carol and @alice think?")
    reply = make_reply(alice, asked, "@bob @carol we think so, and so does @dora")
    edit_tweet(alice, reply, TweetDraft("@bob @carol we knew so, and so does @dora"), revision=reply.revision)


def test_an_edit_names_no_more_strangers_than_a_tweet(limited, alice, bob, carol):
    tweet = make_tweet(alice, "good morning @bob")
    with pytest.raises(Invalid, match="1 person who does not follow you"):
        edit_tweet(alice, tweet, TweetDraft("good morning @bob and @carol"), revision=tweet.revision)
    make_tweet(alice, "two")
    make_tweet(alice, "three")
    edit_tweet(alice, tweet, TweetDraft("an edit does not count for the pace"), revision=tweet.revision)


def test_messages_to_strangers_count_like_naming_them(limited, alice, bob, carol):
    with pytest.raises(Invalid, match="does not follow you"):
        post_tweet(alice, TweetDraft("psst @bob @carol", visibility="direct"))


def test_the_pace_is_slower_and_says_when_to_go_on(limited, alice):
    for _ in range(3):
        make_tweet(alice)
    with pytest.raises(TooMany, match="3 tweets in an hour") as error:
        make_tweet(alice)
    assert 3500 < error.value.retry_after_seconds <= 3601
    with time_machine.travel(time.time() + 3700, tick=False):
        make_tweet(alice)


def test_it_ends_with_the_time_and_staff_are_never_new(limited, alice, bob, carol):
    with time_machine.travel(time.time() + 25 * 3600, tick=False):
        make_tweet(alice, "@bob @carol https://example.org")
    make_tweet(make_user("sam", is_staff=True), "@bob @carol https://example.org")


def test_it_costs_nobody_else_a_query(alice, django_assert_num_queries):
    make_tweet(alice)
    with django_assert_num_queries(0):
        check_newcomer(alice, read_text(TweetDraft("x")), answers=None)
