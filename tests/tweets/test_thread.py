"""The conversation around a tweet: what is above it, what is beneath, and in which order."""

import pytest
from django.contrib.auth.models import AnonymousUser

from relationships.actions import block_user
from tests.factories import make_reply, make_tweet, make_user
from tweets.actions import delete_tweet, hide_tweet
from tweets.models import Tweet
from tweets.queries import Cursor, thread_of
from tweets.queries.thread import ANCESTORS_SHOWN

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def thread(tweet, viewer=VISITOR, limit=10, after=None):
    return thread_of(Tweet.objects.get(pk=tweet.pk), viewer, after=after, limit=limit)


def ids(branches):
    return [branch.tweet_id for branch in branches]


def line_of(people, parent, length):
    """Answers to answers, each by the next person."""
    tweets = [parent]
    for place in range(length):
        tweets.append(make_reply(people[place % len(people)], tweets[-1]))
    return tweets


def test_what_it_answers_stands_above_from_the_first_on(alice, bob):
    first, second, third, fourth = line_of([bob, alice], make_tweet(alice), 3)
    assert thread(fourth).ancestors == (first.id, second.id, third.id)
    assert thread(first).ancestors == ()
    assert not thread(fourth).begins_above


def test_a_deleted_parent_leaves_a_gap(alice, bob):
    _, second, third = line_of([bob, alice], make_tweet(alice), 2)
    delete_tweet(bob, second)
    assert thread(third).ancestors == (None,)


def test_a_long_way_up_is_cut_and_says_so(alice, bob):
    line = line_of([bob, alice], make_tweet(alice), ANCESTORS_SHOWN + 1)
    found = thread(line[-1])
    assert found.begins_above
    assert list(found.ancestors) == [tweet.id for tweet in line[1:-1]]
    whole = thread(line[-2])
    assert not whole.begins_above
    assert list(whole.ancestors) == [tweet.id for tweet in line[:-2]]


def test_the_authors_own_answers_come_first_then_all_by_time(alice, bob, carol):
    tweet = make_tweet(alice)
    one, two, own, three = (make_reply(person, tweet) for person in (bob, carol, alice, bob))
    assert ids(thread(tweet).replies) == [own.id, one.id, two.id, three.id]


def test_pages_hold_every_reply_once(alice, bob):
    tweet = make_tweet(alice)
    theirs = [make_reply(bob, tweet).id for _ in range(5)]
    own = [make_reply(alice, tweet).id for _ in range(3)]
    seen, after = [], None
    for _ in range(4):
        page = thread(tweet, limit=2, after=after)
        seen += ids(page.replies)
        after = page.following
    assert seen == own + theirs
    assert after is None


def test_a_page_at_the_seam_goes_on_with_the_others(alice, bob):
    tweet = make_tweet(alice)
    own, other = make_reply(alice, tweet), make_reply(bob, tweet)
    page = thread(tweet, limit=1)
    assert page.following == Cursor(own.id, is_own=True)
    assert ids(thread(tweet, limit=1, after=page.following).replies) == [other.id]


def test_answers_nest_to_three_levels_and_deeper_ones_are_told(alice, bob):
    line = line_of([bob, alice], make_tweet(alice), 4)
    (first,) = thread(line[0]).replies
    (second,) = first.answers
    (third,) = second.answers
    assert ids([first, second, third]) == [tweet.id for tweet in line[1:4]]
    assert (first.has_more, second.has_more, third.has_more) == (False, False, True)
    assert third.answers == ()


def test_of_many_answers_the_first_are_shown_and_the_rest_told(alice, bob, carol):
    reply = make_reply(bob, make_tweet(alice))
    answers = [make_reply(carol, reply).id for _ in range(3)]
    found = thread(reply.reply_to).replies[0]
    assert (ids(found.answers), found.has_more) == (answers, False)
    own = make_reply(bob, reply)
    found = thread(reply.reply_to).replies[0]
    assert (ids(found.answers), found.has_more) == ([own.id, *answers[:2]], True)


def test_what_one_may_not_see_is_in_no_branch(alice, bob, carol, staff):
    tweet = make_tweet(alice)
    seen, hidden = make_reply(bob, tweet), make_reply(bob, tweet)
    make_reply(carol, seen, "@bob between us", visibility="direct")
    hide_tweet(staff, hidden)
    (branch,) = thread(tweet).replies
    assert (branch.tweet_id, branch.answers, branch.has_more) == (seen.id, (), False)
    assert len(thread(tweet, bob).replies[0].answers) == 1
    block_user(bob, alice)
    assert thread(tweet, alice).replies == ()


def test_ones_own_thread_is_numbered(alice, bob):
    line = line_of([alice], make_tweet(alice), 2)
    answer = make_reply(bob, line[1])
    back = make_reply(alice, answer)
    expected = {tweet.id: (place, 3) for place, tweet in enumerate(line, 1)}
    for tweet in (*line, answer, back):
        assert thread(tweet).steps == expected


def test_a_single_tweet_and_a_talk_are_not_numbered(alice, bob):
    tweet = make_tweet(alice)
    make_reply(alice, make_reply(bob, tweet))
    assert thread(tweet).steps == {}


def test_a_thread_without_its_first_tweet_is_not_numbered(alice):
    line = line_of([alice], make_tweet(alice), 3)
    delete_tweet(alice, line[0])
    assert thread(line[2]).steps == {}


def test_as_many_queries_for_three_replies_as_for_a_thousand(alice, bob, django_assert_max_num_queries):
    tweet = make_tweet(alice)
    people = [bob, make_user("dora")]
    line_of(people, make_reply(bob, tweet), 5)
    make_reply(alice, tweet)
    with django_assert_max_num_queries(6):
        assert len(thread(tweet, bob).replies) == 2
    base = make_reply(bob, tweet)
    Tweet.objects.bulk_create(
        Tweet(
            author=people[place % 2],
            text="again",
            html="<p>again</p>",
            is_reply=True,
            reply_to=base if place % 3 == 0 else tweet,
            reply_to_author=alice,
            conversation_id=tweet.id,
        )
        for place in range(1000)
    )
    reply = make_reply(alice, base)
    for asked in [Tweet.objects.get(pk=one.pk) for one in (tweet, base, reply)]:
        with django_assert_max_num_queries(6):
            found = thread_of(asked, bob, limit=10)
    assert len(thread(tweet, bob).replies) == 10
    assert found.ancestors == (tweet.id, base.id)
