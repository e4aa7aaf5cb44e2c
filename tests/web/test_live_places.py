"""The socket of an open page tells what is new in its place, and nothing that its reader may not see."""

import time

import pytest

from common.realtime import Push
from conversations.actions import send_message
from relationships.actions import block_user, follow_user, mute_user
from relationships.models import WordFilter
from tests.factories import make_tweet
from timelines.actions import add_to_list, create_list, keep_home
from tweets.actions import hide_tweet, retweet
from tweets.draft import TweetDraft

pytestmark = pytest.mark.django_db(transaction=True)


def ids(new) -> list[int]:
    return [int(entry["id"]) for entry in new]


@pytest.fixture
def home_of_bob(bob, alice, as_bob):
    """Bob reads alice, and looks at his home."""
    follow_user(bob, alice)
    bob.refresh_from_db()
    keep_home(bob)
    return as_bob


# --- New tweets -------------------------------------------------------------------------------------


def test_a_follower_hears_of_a_new_tweet_with_its_face(live, alice, home_of_bob, events_happen):
    page = live.browser(home_of_bob).open("home")
    with events_happen():
        tweet = make_tweet(alice, "Good morning")

    assert page.hear("new") == [{"id": str(tweet.id), "by": str(alice.id), "face": alice.avatar_url}]


def test_a_visitor_hears_of_what_is_said_here(live, alice, events_happen):
    page = live.browser().open("local")
    with events_happen():
        tweet = make_tweet(alice, "Good morning")

    assert ids(page.hear("new")) == [tweet.id]


def test_all_visitors_get_one_drawing(live, alice, events_happen):
    pages = [live.browser().open("local") for _ in range(5)]
    with events_happen():
        make_tweet(alice, "Good morning")

    assert len({str(page.hear("new")) for page in pages}) == 1


def test_a_page_of_a_tag_hears_of_the_tag_alone(live, alice, events_happen):
    page = live.browser().open("tag:tea")
    with events_happen():
        make_tweet(alice, "Good morning #milk")
        tweet = make_tweet(alice, "Good morning #Tea")

    assert ids(page.hear("new")) == [tweet.id]


@pytest.mark.parametrize("place", ["local", "tag:tea"])
def test_who_reads_some_languages_hears_of_these(live, alice, bob, as_bob, place, events_happen):
    bob.reads_languages = "de"
    bob.save(update_fields=["reads_languages"])
    page = live.browser(as_bob).open(place)
    with events_happen():
        make_tweet(alice, "Good morning #tea", language="en")
    with events_happen():
        tweet = make_tweet(alice, "Guten Morgen #tea", language="de")

    assert ids(page.hear("new")) == [tweet.id]


def test_a_page_of_a_list_hears_of_its_people_alone(live, alice, bob, carol, as_bob, events_happen):
    for person in (alice, carol):
        follow_user(bob, person)
    friends = create_list(bob, "Friends")
    add_to_list(bob, friends, alice)
    page = live.browser(as_bob).open(f"list:{friends.pk}")
    with events_happen():
        make_tweet(carol, "Not this")
    with events_happen():
        tweet = make_tweet(alice, "This")

    assert ids(page.hear("new")) == [tweet.id]


def test_who_follows_nobody_hears_of_everything_here(live, alice, as_bob, events_happen):
    page = live.browser(as_bob).open("home")
    with events_happen():
        tweet = make_tweet(alice, "Good morning")

    assert ids(page.hear("new")) == [tweet.id]


def test_a_retweet_comes_with_the_face_of_who_spread_it(live, alice, carol, home_of_bob, events_happen):
    tweet = make_tweet(carol, "Good morning")
    page = live.browser(home_of_bob).open("home")
    with events_happen():
        row = retweet(alice, tweet)

    assert page.hear("new") == [{"id": str(row.id), "by": str(alice.id), "face": alice.avatar_url}]


def test_what_was_said_while_the_page_was_on_its_way_is_not_lost(live, alice, events_happen):
    began = time.monotonic()
    with events_happen():
        tweet = make_tweet(alice, "Good morning")
    live.settle()
    page = live.browser()
    assert page.next() == {"type": "websocket.accept"}
    page.say({"place": "local", "age": time.monotonic() - began})

    assert ids(page.hear("new")) == [tweet.id]
    assert page.hear("ready") is True


@pytest.mark.parametrize("age", [60, 100_000, -1, "old", None, 1e400])
def test_a_page_of_which_nobody_knows_what_it_missed_is_told_to_ask(live, age):
    assert live.browser().open("local", age=age).ready is False


# --- What may not be seen never travels -------------------------------------------------------------


def test_nothing_crosses_a_block_or_a_mute(live, alice, bob, carol, as_bob, as_person, events_happen):
    block_user(alice, bob)
    mute_user(carol, alice)
    pages = [live.browser(client).open("local") for client in (as_bob, as_person(carol))]
    dora = live.browser().open("local")
    with events_happen():
        make_tweet(alice, "Good morning")

    assert dora.hear("new")
    assert [page.is_silent() for page in pages] == [True, True]


def test_who_was_blocked_a_moment_ago_hears_nothing(live, alice, bob, home_of_bob, events_happen):
    page = live.browser(home_of_bob).open("home")
    block_user(alice, bob)  # the home is cleared in the same moment
    with events_happen():
        make_tweet(alice, "Good morning")

    assert page.is_silent()


def test_a_delivered_tweet_that_may_not_be_seen_any_more_is_not_told(
    live, alice, bob, staff, home_of_bob, events_happen
):
    page = live.browser(home_of_bob).open("home")
    tweet = make_tweet(alice, "Good morning")
    hide_tweet(staff, tweet)
    live.push(Push(("delivered",), "new", tweet.id, {}))

    assert page.is_silent()


def test_words_for_followers_reach_followers_alone(live, alice, as_person, home_of_bob, carol, events_happen):
    follower = live.browser(home_of_bob).open("home")
    strangers = [live.browser(as_person(carol)).open("local"), live.browser().open("tag:tea")]
    with events_happen():
        tweet = make_tweet(alice, "Between us #tea", visibility="followers")

    assert ids(follower.hear("new")) == [tweet.id]
    assert [page.is_silent() for page in strangers] == [True, True]


def test_a_message_reaches_no_place(live, alice, bob, carol, home_of_bob, as_person, events_happen):
    pages = [live.browser(as_person(carol)).open("tag:tea"), live.browser(as_person(carol)).open("local")]
    with events_happen():
        send_message(alice, TweetDraft("A word #tea", visibility="direct", recipients=(bob.id,)))

    assert [page.is_silent() for page in pages] == [True, True]


def test_word_filters_hold_here_too(live, alice, bob, home_of_bob, events_happen):
    hiding = WordFilter.objects.create(owner=bob, title="Tea", action="hide", contexts=["home"])
    hiding.keywords.create(phrase="tea", whole_word=True)
    bob.filters_revision = 7
    bob.save(update_fields=["filters_revision"])
    page = live.browser(home_of_bob).open("home")
    with events_happen():
        make_tweet(alice, "More tea")
    with events_happen():
        tweet = make_tweet(alice, "More milk")

    assert ids(page.hear("new")) == [tweet.id]


@pytest.mark.parametrize(
    "place", ["list:1", "tweet:1", "tweet:x", "home:1", "tag:", "nowhere", "", "home\0", "list:" + "9" * 40]
)
def test_a_place_that_is_not_theirs_is_no_place(live, alice, as_bob, place, events_happen):
    page = live.browser(as_bob).open(place)
    with events_happen():
        make_tweet(alice, "Good morning")

    assert page.is_silent()


def test_a_strangers_list_is_no_place(live, alice, bob, as_person, carol, events_happen):
    follow_user(bob, alice)
    friends = create_list(bob, "Friends")
    add_to_list(bob, friends, alice)
    page = live.browser(as_person(carol)).open(f"list:{friends.pk}")
    with events_happen():
        make_tweet(alice, "Good morning")

    assert page.is_silent()
