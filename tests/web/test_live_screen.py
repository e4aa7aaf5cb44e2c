"""The socket of an open page: how the tweets on the screen are now, replies, and numbers on badges."""

import json

import pytest

from conversations.actions import send_message
from relationships.actions import block_user, follow_user, unfollow_user
from tests.factories import make_reply, make_tweet
from timelines.actions import keep_home
from tweets.actions import delete_tweet, edit_tweet, hide_tweet, like_tweet
from tweets.draft import TweetDraft

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home_of_bob(bob, alice, as_bob):
    """Bob reads alice, and looks at his home."""
    follow_user(bob, alice)
    bob.refresh_from_db()
    keep_home(bob)
    return as_bob


# --- Tweets on the screen ---------------------------------------------------------------------------


def test_counts_follow(live, alice, bob, carol, events_happen):
    tweet = make_tweet(alice, "Good morning")
    page = live.browser().open("local", [tweet.id])
    with events_happen():
        like_tweet(bob, tweet)

    assert page.hear("counts") == {str(tweet.id): ["", "", "1"]}


def test_the_tweets_own_page_gets_its_line_of_counts(live, alice, bob, events_happen):
    tweet = make_tweet(alice, "Good morning")
    page = live.browser().open(f"tweet:{tweet.id}", [tweet.id])
    with events_happen():
        like_tweet(bob, tweet)

    assert f'<a href="/@alice/{tweet.id}/likes"><b>1</b> Like</a>' in page.hear("line")


def test_who_wants_no_counts_gets_none(live, alice, bob, carol, as_bob, events_happen):
    bob.hides_counts = True
    bob.save(update_fields=["hides_counts"])
    tweet = make_tweet(alice, "Good morning")
    page, other = (live.browser(client).open("local", [tweet.id]) for client in (as_bob, None))
    with events_happen():
        like_tweet(carol, tweet)

    assert other.hear("counts")
    assert page.rest("counts") == []


def test_a_page_says_which_tweets_it_shows_by_now(live, alice, bob, events_happen):
    one, two = make_tweet(alice, "One"), make_tweet(alice, "Two")
    page = live.browser().open("local", [one.id])
    page.watch(two.id)
    assert page.hear("counts") == {str(two.id): ["", "", ""]}
    with events_happen():
        like_tweet(bob, one)
        like_tweet(bob, two)

    assert page.hear("counts") == {str(two.id): ["", "", "1"]}
    assert page.rest("counts") == []


@pytest.mark.parametrize("place", ["local", "tweet"])
def test_how_a_tweet_is_that_comes_back_to_the_screen(live, alice, bob, place, events_happen):
    tweet, other = make_tweet(alice, "One"), make_tweet(alice, "Two")
    page = live.browser().open(f"tweet:{tweet.id}" if place == "tweet" else place, [tweet.id])
    page.watch(other.id)  # the first was scrolled away
    assert page.hear("counts") == {str(other.id): ["", "", ""]}
    with events_happen():
        like_tweet(bob, tweet)
    page.watch(tweet.id, other.id)

    assert page.hear("counts") == {str(tweet.id): ["", "", "1"]}
    assert page.rest("counts") == []


def test_who_wants_no_counts_gets_none_of_what_comes_back_either(live, alice, bob, as_bob):
    bob.hides_counts = True
    bob.save(update_fields=["hides_counts"])
    tweet, gone = make_tweet(alice, "One"), make_tweet(alice, visibility="followers")
    page = live.browser(as_bob).open("local")
    page.watch(tweet.id, gone.id)

    assert json.loads(page.next()["text"]) == {"gone": [str(gone.id)]}


def test_the_line_of_a_tweet_that_comes_back(live, alice, bob, events_happen):
    tweet = make_tweet(alice, "One")
    page = live.browser().open(f"tweet:{tweet.id}", [tweet.id])
    page.watch()
    with events_happen():
        like_tweet(bob, tweet)
    page.watch(tweet.id)

    assert "<b>1</b> Like" in page.hear("line")


def test_nothing_is_told_of_a_tweet_one_may_not_see(live, alice, bob, carol, events_happen):
    tweet = make_tweet(alice, "Between us", visibility="followers")
    page = live.browser().open("local", [tweet.id])
    with events_happen():
        like_tweet(alice, tweet)
        delete_tweet(alice, tweet)

    assert page.is_silent()  # not even that there was something


def test_who_may_not_see_it_any_more_loses_it(live, alice, bob, carol, home_of_bob, events_happen):
    tweet = make_tweet(alice, "Between us", visibility="followers")
    page = live.browser(home_of_bob).open("home", [tweet.id])
    unfollow_user(bob, alice)
    with events_happen():
        like_tweet(alice, tweet)

    assert page.hear("gone") == [str(tweet.id)]


def test_what_is_deleted_or_hidden_leaves(live, alice, staff, events_happen):
    deleted, hidden = make_tweet(alice, "One"), make_tweet(alice, "Two")
    page = live.browser().open("local", [deleted.id, hidden.id])
    with events_happen():
        delete_tweet(alice, deleted)
        hide_tweet(staff, hidden)

    assert {*page.hear("gone"), *page.hear("gone")} == {str(deleted.id), str(hidden.id)}


def test_what_is_edited_is_drawn_anew_for_each(live, alice, bob, as_bob, events_happen):
    tweet = make_tweet(alice, "Good morning")
    like_tweet(bob, tweet)
    pages = [live.browser(client).open("local", [tweet.id]) for client in (None, as_bob)]
    with events_happen():
        edit_tweet(alice, tweet, TweetDraft("Good evening"))

    visitor, liker = (page.hear("card") for page in pages)
    assert visitor["id"] == liker["id"] == str(tweet.id)
    assert "Good evening" in visitor["html"]
    assert 'aria-pressed="true" aria-label="Like' in liker["html"]
    assert 'aria-pressed="true" aria-label="Like' not in visitor["html"]


def test_on_its_own_page_it_stays_large(live, alice, events_happen):
    tweet = make_tweet(alice, "Good morning")
    page = live.browser().open(f"tweet:{tweet.id}", [tweet.id])
    with events_happen():
        edit_tweet(alice, tweet, TweetDraft("Good evening"))

    assert "tweet--focus" in page.hear("card")["html"]


# --- Threads and numbers ----------------------------------------------------------------------------


def test_an_open_thread_grows(live, alice, bob, events_happen):
    with events_happen():
        first = make_tweet(alice, "Good morning")
        answer = make_reply(bob, first, "To you, too")
    page = live.browser().open(f"tweet:{first.id}")
    with events_happen():
        reply = make_reply(alice, answer, "And more")

    (told,) = page.hear("replies")
    assert (told["id"], told["parent"]) == (str(reply.id), str(answer.id))
    assert "And more" in told["html"]


def test_a_reply_that_one_may_not_see_does_not_travel(live, alice, bob, carol, as_person, events_happen):
    first = make_tweet(alice, "Good morning")
    block_user(bob, carol)
    page = live.browser(as_person(carol)).open(f"tweet:{first.id}")
    with events_happen():
        make_reply(bob, first, "To you, too")

    assert page.is_silent()


def test_the_badges_move(live, alice, bob, as_bob, events_happen):
    page = live.browser(as_bob).open()
    with events_happen():
        make_tweet(alice, "Good morning @bob")
    assert page.hear("unread") == ["1", "", "1"]
    follow_user(bob, alice)
    with events_happen():
        send_message(alice, TweetDraft("A word", visibility="direct", recipients=(bob.id,)))
    assert page.hear("unread") == ["1", "1", "2"]


def test_nobody_hears_of_somebody_elses_numbers(live, alice, bob, carol, as_person, events_happen):
    pages = [live.browser(as_person(carol)).open("notifications"), live.browser().open("notifications")]
    with events_happen():
        make_tweet(alice, "Good morning @bob")

    assert [page.is_silent() for page in pages] == [True, True]


def test_the_page_of_notifications_hears_that_there_are_new_ones(live, alice, as_bob, events_happen):
    page = live.browser(as_bob).open("notifications")
    with events_happen():
        make_tweet(alice, "Good morning @bob")

    assert page.hear("notices") == "1"
