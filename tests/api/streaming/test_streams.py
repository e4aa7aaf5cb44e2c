"""What each stream tells, and what it does not."""

import pytest

from notifications.actions import accept_people, set_policy
from notifications.models import NotificationPolicy
from relationships.actions import (
    FilterDraft,
    create_filter,
    delete_filter,
    follow_user,
)
from server.actions import (
    announce,
    change_announcement,
    dismiss,
    end_announcement,
    react,
    stop_reacting,
)
from tests.api.calling import caller_for
from tests.api.shape import assert_is
from tests.conversations.messages import write
from tests.factories import make_tweet
from timelines.actions import add_to_list, create_list, delete_list
from tweets.actions import delete_tweet, edit_tweet, hide_tweet, like_tweet, retweet, undo_retweet
from tweets.draft import TweetDraft

pytestmark = pytest.mark.django_db(transaction=True)


def filtering(word):
    return FilterDraft(title=word, keywords={word: True}, contexts=("home", "public"))


def ids(told):
    return [payload["id"] for _, payload in told]


# --- Home -------------------------------------------------------------------------------------------


def test_home_tells_what_the_followed_say_and_spread_and_what_one_says_oneself(
    streams, alice, bob, carol, events_happen
):
    follow_user(bob, alice)
    line = streams.open(bob, "user")
    with events_happen():
        first = make_tweet(alice, "Good morning")
    assert line.told() == [("update", caller_for(bob).get(f"/api/v1/statuses/{first.id}").json())]
    assert line.stream == ["user"]

    with events_happen():
        make_tweet(carol, "Nobody follows me")
        make_tweet(alice, "@carol secret", visibility="direct")
        mine = make_tweet(bob, "Mine")
        spread = retweet(alice, make_tweet(carol, "Spread this"))
    told = line.told(2) + line.rest()
    assert sorted(ids(told)) == sorted([str(mine.id), str(spread.id)])
    assert {payload["reblog"]["content"] for _, payload in told if payload["reblog"]} == {
        "<p>Spread this</p>"
    }


def test_what_is_said_has_the_shape_of_a_status(streams, alice, bob, events_happen):
    follow_user(bob, alice)
    line = streams.events(bob, "user")
    with events_happen():
        make_tweet(alice, "Good morning", visibility="followers")

    ((name, payload),) = line.told()
    assert name == "update"
    assert_is("Status", payload)


def test_edited_deleted_hidden_and_taken_back_tweets_are_told_of_at_home(
    streams, alice, bob, carol, staff, events_happen
):
    follow_user(bob, alice)
    line, stranger = streams.open(bob, "user"), streams.open(carol, "user")
    with events_happen():
        edited, gone = (make_tweet(alice, word, visibility="followers") for word in ("One", "Two"))
        hidden, spread = make_tweet(alice, "Three"), retweet(alice, make_tweet(carol, "Four"))
    line.told(4)
    stranger.rest()
    with events_happen():
        edit_tweet(alice, edited, TweetDraft(text="Once more", visibility="followers"))
    ((name, payload),) = line.told()
    assert (name, payload["id"], payload["content"]) == ("status.update", str(edited.id), "<p>Once more</p>")

    with events_happen():
        delete_tweet(alice, gone)
    assert line.told() == [("delete", gone.id)]
    with events_happen():
        hide_tweet(staff, hidden)
    assert line.told() == [("delete", hidden.id)]
    with events_happen():
        undo_retweet(alice, spread)
    assert line.told() == [("delete", spread.id)]
    assert stranger.rest() == []


def test_home_tells_of_a_large_author_too(streams, alice, bob, carol, settings, events_happen):
    for person in (bob, carol):
        follow_user(person, alice)
    settings.FANOUT_LIMIT = 1
    line = streams.open(bob, "user")
    with events_happen():
        said = make_tweet(alice, "To all of you")

    assert ids(line.told()) == [str(said.id)]


def test_word_filters_say_what_they_say_of_each_reader(streams, alice, bob, carol, events_happen):
    for person in (bob, carol):
        follow_user(person, alice)
    create_filter(bob, filtering("cat"))
    filtered, plain = streams.open(bob, "user"), streams.open(carol, "user")
    with events_happen():
        make_tweet(alice, "My cat")

    ((_, payload),) = filtered.told()
    assert payload["filtered"][0]["keyword_matches"] == ["cat"]
    assert plain.told()[0][1]["filtered"] == []


def test_apps_hear_that_filters_changed(streams, bob, alice, events_happen):
    line, events, other = streams.open(bob, "user"), streams.events(bob, "user"), streams.open(alice, "user")
    with events_happen():
        made = create_filter(bob, filtering("cat"))
    with events_happen():
        delete_filter(bob, made.id)

    assert line.message() == {"stream": ["user"], "event": "filters_changed"}
    assert events.event() == ("filters_changed", None)
    assert other.is_silent()


def test_home_tells_what_staff_announce(streams, alice, bob, staff, events_happen):
    staff.is_superuser = True
    staff.save()
    line, other = streams.open(bob, "user"), streams.open(alice, "public", "user:notification")
    made = announce(staff, "We move at **noon**")
    ((name, payload),) = line.told()
    assert (name, payload["id"], payload["read"]) == ("announcement", str(made.id), False)
    assert payload == caller_for(bob).get("/api/v1/announcements").json()[0]
    dismiss(bob, made)
    change_announcement(staff, made, "We move at one")
    ((name, payload),) = line.told()
    assert (name, payload["read"]) == ("announcement", True)
    react(alice, made.id, "👍")
    said = {"name": "👍", "count": 1, "announcement_id": str(made.id)}
    assert line.told() == [("announcement.reaction", said)]
    stop_reacting(alice, made.id, "👍")
    assert line.told() == [("announcement.reaction", {**said, "count": 0})]
    end_announcement(staff, made)
    assert line.told() == [("announcement.delete", made.id)]
    assert other.is_silent()


# --- Notifications ----------------------------------------------------------------------------------


def test_notifications_stand_on_home_and_on_a_stream_of_their_own(streams, alice, bob, events_happen):
    tweet = make_tweet(bob, "Like me")
    line, alone, other = (
        streams.open(bob, "user"),
        streams.events(bob, "user/notification"),
        streams.open(alice, "user"),
    )
    with events_happen():
        like_tweet(alice, tweet)

    ((name, payload),) = line.told()
    assert (name, payload["type"], payload["account"]["acct"]) == ("notification", "favourite", "alice")
    assert payload["status"]["id"] == str(tweet.id)
    assert_is("Notification", payload)
    assert alone.told() == [(name, payload)]
    assert other.is_silent()


def test_without_their_scope_home_tells_no_notifications(streams, alice, bob, events_happen):
    tweet = make_tweet(bob, "Like me")
    line = streams.open(bob, "user", scopes="read:statuses")
    with events_happen():
        like_tweet(alice, tweet)
        mine = make_tweet(bob, "And I go on")

    assert ids(line.told()) == [str(mine.id)]
    assert line.is_silent()


def test_what_waits_of_strangers_is_not_told_and_let_in_at_once(streams, alice, bob, events_happen):
    set_policy(bob, dict.fromkeys(NotificationPolicy.WISHES, "accept") | {"for_not_following": "filter"})
    line = streams.open(bob, "user:notification")
    with events_happen():
        like_tweet(alice, make_tweet(bob))
    assert line.is_silent()
    with events_happen():
        accept_people(bob, [alice.id])

    assert line.told() == [("notifications_merged", None)]


# --- Messages ---------------------------------------------------------------------------------------


def test_messages_stand_on_direct_alone(streams, alice, bob, carol, events_happen):
    follow_user(bob, alice)
    line, home, stranger = (
        streams.open(bob, "direct"),
        streams.open(bob, "user"),
        streams.open(carol, "direct"),
    )
    public = streams.open(carol, "public", ("hashtag", {"tag": "tea"}))
    with events_happen():
        write(alice, bob, text="For you #tea")

    ((name, payload),) = line.told()
    assert (name, payload["unread"]) == ("conversation", True)
    assert [one["acct"] for one in payload["accounts"]] == ["alice"]
    assert payload["last_status"]["visibility"] == "direct"
    assert_is("Conversation", payload)
    assert stranger.is_silent()
    assert public.is_silent()
    assert "update" not in [name for name, _ in home.rest()]


# --- Lists ------------------------------------------------------------------------------------------


def test_a_list_tells_what_the_people_on_it_say(streams, alice, bob, carol, events_happen):
    for person in (alice, carol):
        follow_user(bob, person)
    friends = create_list(bob, "Friends")
    add_to_list(bob, friends, alice)
    line = streams.open(bob, ("list", {"list": str(friends.id)}))
    events = streams.events(bob, "list", list=friends.id)
    with events_happen():
        make_tweet(carol, "Not on it")
        said = make_tweet(alice, "On it", visibility="followers")
    assert ids(line.told()) == ids(events.told()) == [str(said.id)]
    assert line.stream == ["list", str(friends.id)]
    with events_happen():
        edit_tweet(alice, said, TweetDraft(text="Other words", visibility="followers"))
    assert line.told()[0][0] == "status.update"
    with events_happen():
        delete_tweet(alice, said)
    assert line.told() == [("delete", said.id)]
    delete_list(bob, friends)
    with events_happen():
        make_tweet(alice)
    assert line.is_silent()


def test_a_list_of_somebody_else_is_not_there(streams, alice, bob):
    theirs = create_list(alice, "Mine")
    line = streams.open(bob)
    line.subscribe("list", list=str(theirs.id))

    assert line.message() == {"error": "Record not found", "status": 404}
