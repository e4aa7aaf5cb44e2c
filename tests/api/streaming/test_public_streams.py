"""Public streams and tags: what they tell everybody, and what never comes there."""

import pytest

from relationships.actions import block_user, mute_user
from tests.factories import make_image, make_quote, make_reply, make_tweet, make_user
from tweets.actions import delete_tweet, edit_tweet, retweet
from tweets.draft import PollDraft, TweetDraft

pytestmark = pytest.mark.django_db(transaction=True)


def ids(told):
    return [payload["id"] for _, payload in told]


PUBLIC = ["public", "public:local"]


@pytest.mark.parametrize("stream", PUBLIC)
def test_public_streams_tell_what_is_said_first_hand_to_everybody(streams, alice, bob, stream, events_happen):
    line = streams.open(bob, stream)
    with events_happen():
        first = make_tweet(alice, "Good morning")
    with events_happen():
        make_tweet(alice, "Quietly", visibility="quiet")
        make_tweet(alice, "For followers", visibility="followers")
        make_tweet(alice, "@bob for you", visibility="direct")
        make_reply(alice, first)
        retweet(alice, first)
    with events_happen():
        last = make_tweet(alice, "Good night")

    assert ids(line.told(2)) == [str(first.id), str(last.id)]
    assert line.stream == [stream]
    assert line.is_silent()


def test_nobody_is_remote_yet(streams, alice, bob, events_happen):
    line = streams.open(bob, "public:remote", "public:remote:media")
    with events_happen():
        make_tweet(alice)

    assert line.is_silent()


@pytest.mark.parametrize("stream", [f"{name}:media" for name in PUBLIC])
def test_some_tell_of_pictures_only(streams, alice, bob, stream, events_happen):
    line, events = streams.open(bob, stream), streams.events(bob, "public/local", only_media="true")
    with events_happen():
        make_tweet(alice, "Words")
        shown = make_tweet(alice, images=[make_image(alice)])

    assert ids(line.told()) == ids(events.told()) == [str(shown.id)]
    assert line.is_silent()


@pytest.mark.parametrize("stream", ["public", "hashtag"])
@pytest.mark.parametrize("way", ["bob blocks", "alice blocks", "bob mutes"])
def test_the_blocked_and_muted_never_come(streams, alice, bob, carol, way, stream, events_happen):
    if way == "bob blocks":
        block_user(bob, alice)
    elif way == "alice blocks":
        block_user(alice, bob)
    else:
        mute_user(bob, alice)
    asked = (stream, {"tag": "tea"})
    line, other = streams.open(bob, asked), streams.open(carol, asked)
    with events_happen():
        make_tweet(alice, "Good #tea")

    assert len(other.told()) == 1
    assert line.is_silent()


def test_nobody_reads_by_a_quote_what_they_may_not_see(streams, alice, bob, carol, events_happen):
    block_user(bob, alice)
    with events_happen():
        quoted = make_tweet(alice, "Not for bob")
    line, other = streams.open(bob, "public"), streams.open(carol, "public")
    with events_happen():
        make_quote(make_user("dora"), quoted)

    assert line.told()[0][1]["quote"]["state"] == "unauthorized"
    assert other.told()[0][1]["quote"]["quoted_status"]["content"] == "<p>Not for bob</p>"


def test_tags_are_found_however_they_are_written(streams, alice, bob, events_happen):
    line = streams.open(bob, ("hashtag", {"tag": "#TEA"}), ("hashtag:local", {"tag": "toast"}))
    with events_happen():
        said = make_tweet(alice, "Some #Tea", visibility="quiet")
        make_tweet(alice, "Hidden #tea", visibility="followers")
        make_tweet(alice, "No tag")
    assert ids(line.told()) == [str(said.id)]
    assert line.stream == ["hashtag", "TEA"]
    with events_happen():
        edit_tweet(alice, said, TweetDraft(text="More #tea", visibility="quiet"))
    assert line.told()[0][0] == "status.update"
    with events_happen():
        delete_tweet(alice, said)
    assert ("delete", said.id) in line.told(2)
    assert line.is_silent()


def test_languages_count_as_in_the_timelines(streams, alice, bob, events_happen):
    bob.reads_languages = "de"
    bob.save()
    line = streams.open(bob, "public")
    with events_happen():
        make_tweet(alice, "Good morning", language="en")
        said = make_tweet(alice, "Guten Morgen", language="de")

    assert ids(line.told()) == [str(said.id)]
    assert line.is_silent()


def test_of_what_was_for_followers_they_do_not_even_hear_the_end(streams, alice, bob, events_happen):
    private = make_tweet(alice, visibility="followers")
    line = streams.open(bob, "public", ("hashtag", {"tag": "tea"}), "user")
    with events_happen():
        edit_tweet(alice, private, TweetDraft(text="Other words", visibility="followers"))
        delete_tweet(alice, private)

    assert line.is_silent()


def test_a_poll_says_what_each_may_know(streams, alice, bob, carol, events_happen):
    mine, theirs = streams.open(alice, "public"), streams.open(bob, "public")
    with events_happen():
        make_tweet(alice, "Tea?", poll=PollDraft(choices=("Yes", "No"), seconds=600))

    assert (mine.told()[0][1]["poll"]["voted"], theirs.told()[0][1]["poll"]["voted"]) == (True, False)
