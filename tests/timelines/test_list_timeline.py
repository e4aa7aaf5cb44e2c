"""What the people on a list say, and what home does about lists that it leaves out."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from common.paging import Window
from relationships.actions import follow_user, mute_user, unmute_user
from tests.factories import make_reply, make_tweet, make_user
from timelines.actions import (
    add_to_list,
    create_list,
    delete_list,
    keep_home,
    remove_from_list,
    update_list,
)
from timelines.models import TimelineEntry
from timelines.queries import home_ids, list_ids
from tweets.actions import retweet
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


def on_list(people_list, **window) -> list[int]:
    return list_ids(people_list, Window(**{"limit": 50, **window}))


def home(person) -> list[int]:
    return home_ids(person, Window(limit=50))


@pytest.fixture
def friends(alice, bob, carol, events_happen):
    """Alice reads home and follows Bob and Carol; Bob is on her list."""
    keep_home(alice)
    with events_happen():
        follow_user(alice, bob)
        follow_user(alice, carol)
    people_list = create_list(alice, "Friends")
    add_to_list(alice, people_list, bob)
    return people_list


def test_it_holds_what_its_people_say(friends, bob, carol):
    first = make_tweet(bob)
    make_tweet(carol)
    quiet = make_tweet(bob, visibility="followers")
    make_tweet(bob, "hello @alice", visibility="direct")
    assert on_list(friends) == [quiet.id, first.id]


def test_somebody_new_on_it_comes_with_all_they_said(friends, alice, carol):
    tweet = make_tweet(carol)
    assert on_list(friends) == []
    add_to_list(alice, friends, carol)
    assert on_list(friends) == [tweet.id]
    remove_from_list(alice, friends, carol)
    assert on_list(friends) == []


def test_replies_as_its_owner_wishes(friends, alice, bob, carol):
    dora, emil = make_user("dora"), make_user("emil")
    follow_user(alice, dora)
    add_to_list(alice, friends, dora)
    own = make_tweet(bob)
    to_self, to_owner = make_reply(bob, own), make_reply(bob, make_tweet(alice))
    to_member = make_reply(bob, Tweet.objects.get(pk=make_reply(dora, make_tweet(emil)).id))
    to_followed, to_stranger = make_reply(bob, make_tweet(carol)), make_reply(bob, make_tweet(emil))
    always = [to_owner.id, to_self.id, own.id]
    for replies, more in (
        ("nobody", []),
        ("members", [to_member.id]),
        ("followed", [to_followed.id, to_member.id]),
    ):
        changed = update_list(alice, friends, title="Friends", replies=replies, is_exclusive=False)
        assert on_list(changed) == [*more, *always]
        assert to_stranger.id not in on_list(changed)


def test_mutes_and_hidden_retweets_count_here_too(friends, alice, bob, carol):
    tweet, spread = make_tweet(bob), retweet(bob, make_tweet(carol))
    assert on_list(friends) == [spread.id, tweet.id]
    mute_user(alice, carol)
    assert on_list(friends) == [tweet.id]
    unmute_user(alice, carol)
    follow_user(alice, bob, shows_retweets=False)
    assert on_list(friends) == [tweet.id]
    mute_user(alice, bob)
    assert on_list(friends) == []


def test_it_takes_one_query_however_many_are_on_it(friends, alice, bob, django_assert_num_queries):
    for number in range(30):
        person = make_user()
        follow_user(alice, person)
        add_to_list(alice, friends, person)
        make_tweet(person)
        if number in (3, 29):
            with django_assert_num_queries(1):
                assert len(on_list(friends, limit=20)) == min(number + 1, 20)


@pytest.fixture
def crowd(friends, alice, bob):
    """Three people on the list."""
    people = [bob, make_user(), make_user()]
    for person in people:
        follow_user(alice, person)
        add_to_list(alice, friends, person)
    return people


@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(who=st.lists(st.integers(0, 3), max_size=25), size=st.integers(1, 6))
def test_pages_join_whoever_speaks(friends, crowd, carol, who, size):
    """Three is somebody who is not on it; some speak in a row, some hardly ever."""
    Tweet.objects.all().delete()
    said = [(number, make_tweet([*crowd, carol][number]).id) for number in who]
    expected = [an_id for number, an_id in reversed(said) if number != 3]
    down, cursor = [], None
    while page := on_list(friends, limit=size, max_id=cursor):
        down, cursor = down + page, page[-1]
    up, cursor = [], 1
    while page := on_list(friends, limit=size, min_id=cursor):
        up, cursor = page + up, page[0]
    assert down == up == expected


def make_exclusive(alice, people_list, is_exclusive=True):
    update_list(alice, people_list, title="Friends", replies="members", is_exclusive=is_exclusive)


def test_home_leaves_out_who_is_on_an_exclusive_list(friends, alice, bob, carol, events_happen):
    with events_happen():
        by_bob, by_carol = make_tweet(bob), make_tweet(carol)
        spread = retweet(carol, make_tweet(bob))
    everything = home(alice)
    with events_happen():
        make_exclusive(alice, friends)
    assert home(alice) == [spread.id, by_carol.id]
    with events_happen():
        later = make_tweet(bob)
    assert home(alice) == [spread.id, by_carol.id]
    assert by_bob.id in on_list(friends)
    with events_happen():
        make_exclusive(alice, friends, is_exclusive=False)
    assert home(alice) == [later.id, *everything]


@pytest.mark.parametrize("end", [remove_from_list, lambda alice, friends, bob: delete_list(alice, friends)])
def test_coming_on_and_off_an_exclusive_list(friends, alice, bob, carol, events_happen, end):
    with events_happen():
        by_bob, by_carol = make_tweet(bob), make_tweet(carol)
        make_exclusive(alice, friends)
        add_to_list(alice, friends, carol)
    assert home(alice) == []
    with events_happen():
        remove_from_list(alice, friends, carol)
    assert home(alice) == [by_carol.id]
    with events_happen():
        end(alice, friends, bob)
    assert home(alice) == [by_carol.id, by_bob.id]


def test_filling_and_merging_leave_them_out_as_well(friends, alice, bob, events_happen):
    with events_happen():
        make_exclusive(alice, friends)
        tweet = make_tweet(bob)
        follow_user(alice, bob, shows_retweets=False)
        follow_user(alice, bob, shows_retweets=True)
    TimelineEntry.objects.all().delete()
    alice.hometimeline.delete()
    keep_home(alice)
    assert home(alice) == []
    assert on_list(friends) == [tweet.id]


def test_large_authors_on_an_exclusive_list_are_not_merged(friends, alice, bob, events_happen, settings):
    settings.FANOUT_LIMIT = 0
    with events_happen():
        tweet = make_tweet(bob)
    assert home(alice) == [tweet.id]
    make_exclusive(alice, friends)
    assert home(alice) == []
    assert on_list(friends) == [tweet.id]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite compiles nothing")
def test_postgresql_runs_it_without_compiling_it_first():
    """Of a list of 500 it thinks so badly that compiling took seconds, running it a hundredth of that."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
