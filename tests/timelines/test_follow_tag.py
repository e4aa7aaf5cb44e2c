"""Following tags, and what that brings home."""

import pytest

from common.errors import Invalid, NotAllowed
from common.paging import Window
from events.catalogue import TagFollowed, TagUnfollowed
from relationships.actions import block_user, follow_user, mute_user, unfollow_user, unmute_user
from tests.factories import make_reply, make_tweet, make_user
from timelines.actions import drop_sleepers, follow_tag, keep_home, unfollow_tag
from timelines.models import HomeTimeline, TagFollow, TimelineEntry
from timelines.queries import Home, follows_tag, tags_followed
from tweets.actions import retweet

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(alice):
    """Alice reads her home and follows #tea."""
    keep_home(alice)
    follow_tag(alice, "tea")
    return alice


def home(person) -> dict[int, str]:
    """What stands there, each with the tag that brought it."""
    read = Home(person)
    return {an_id: read.tags.get(an_id, "") for an_id in read.ids(Window(limit=50))}


def test_strangers_words_with_the_tag_come_and_say_why(reader, bob, carol, events_happen):
    keep_home(carol)
    with events_happen():
        tweet = make_tweet(bob, "#Tea at five")
        make_tweet(bob, "coffee")
    assert home(reader) == {tweet.id: "tea"}
    assert home(carol) == {}


def test_what_was_not_said_to_everybody_first_hand_stays_away(reader, bob, carol, events_happen):
    question = make_tweet(carol, "what?")
    with events_happen():
        make_reply(bob, question, "#tea")
        make_tweet(bob, "#tea", visibility="quiet")
        make_tweet(bob, "#tea", visibility="followers")
        make_tweet(bob, "@carol #tea", visibility="direct")
        make_tweet(reader, "nothing")
    assert list(home(reader).values()) == [""]


def test_a_block_in_either_direction_and_a_mute_keep_it_away(reader, events_happen):
    muted, blocked, blocker = (make_user(name) for name in ("muted", "blocked", "blocker"))
    mute_user(reader, muted)
    block_user(reader, blocked)
    block_user(blocker, reader)
    with events_happen():
        for person in (muted, blocked, blocker):
            make_tweet(person, "#tea")
    assert home(reader) == {}
    with events_happen():
        unmute_user(reader, muted)
    assert list(home(reader).values()) == ["tea"]


def test_muting_takes_it_away(reader, bob, events_happen):
    with events_happen():
        make_tweet(bob, "#tea")
        mute_user(reader, bob)
    assert home(reader) == {}


def test_following_merges_and_unfollowing_takes_away(alice, bob, events_happen):
    keep_home(alice)
    tweet = make_tweet(bob, "#tea")
    with events_happen():
        follow_tag(alice, "tea")
    assert home(alice) == {tweet.id: "tea"}
    with events_happen():
        unfollow_tag(alice, "tea")
    assert home(alice) == {}


def test_another_followed_tag_keeps_it(reader, bob, events_happen):
    with events_happen():
        follow_tag(reader, "cake")
        tweet = make_tweet(bob, "#tea and #cake")
    with events_happen():
        unfollow_tag(reader, home(reader)[tweet.id])
    assert list(home(reader)) == [tweet.id]
    assert home(reader)[tweet.id] in ("tea", "cake")


def test_its_author_is_the_better_reason(reader, bob, events_happen):
    with events_happen():
        tweet = make_tweet(bob, "#tea")
        follow_user(reader, bob)
    assert home(reader) == {tweet.id: ""}
    with events_happen():
        later = make_tweet(bob, "more #tea")
        unfollow_tag(reader, "tea")
    assert home(reader) == {later.id: "", tweet.id: ""}
    with events_happen():
        follow_tag(reader, "tea")
        unfollow_user(reader, bob)
    assert home(reader) == {later.id: "tea", tweet.id: "tea"}


def test_an_author_with_very_many_followers_stands_there_once(reader, bob, settings, events_happen):
    with events_happen():
        tweet = make_tweet(bob, "#tea")
    settings.FANOUT_LIMIT = 0
    with events_happen():
        follow_user(reader, bob)
    assert home(reader) == {tweet.id: ""}


def test_a_retweet_of_it_is_a_matter_of_following_people(reader, bob, carol, events_happen):
    with events_happen():
        tweet = make_tweet(carol, "#tea")
        retweet(bob, tweet)
    assert home(reader) == {tweet.id: "tea"}


def test_who_comes_back_finds_it(reader, bob):
    HomeTimeline.objects.update(read_at="2020-01-01T00:00Z")
    drop_sleepers()
    tweet = make_tweet(bob, "#tea")
    assert TimelineEntry.objects.count() == 0
    keep_home(reader)
    assert home(reader) == {tweet.id: "tea"}


def test_delivering_twice_changes_nothing(reader, bob, carol, events_happen, monkeypatch):
    monkeypatch.setattr("timelines.fanout.BATCH", 1)
    for person in (bob, carol):
        keep_home(person)
        follow_tag(person, "tea")
    author = make_user()
    with events_happen():
        tweet = make_tweet(author, "#tea")
        unfollow_tag(bob, "tea")
    assert (home(reader), home(bob), home(carol)) == ({tweet.id: "tea"}, {}, {tweet.id: "tea"})


def test_following_is_a_state(alice, announced):
    with announced() as events:
        follow_tag(alice, "Tea")
        follow_tag(alice, "tea")
    assert [type(event) for event in events] == [TagFollowed]
    assert (tags_followed(alice), follows_tag(alice, "tea")) == (["tea"], True)
    with announced() as events:
        unfollow_tag(alice, "tea")
        unfollow_tag(alice, "tea")
    assert [type(event) for event in events] == [TagUnfollowed]
    assert (tags_followed(alice), follows_tag(alice, "tea")) == ([], False)


def test_refusals(alice, settings):
    with pytest.raises(NotAllowed):
        follow_tag(make_user(confirmed=False), "tea")
    with pytest.raises(Invalid):
        follow_tag(alice, "no tag")
    settings.TAGS_FOLLOWED_MAX = 1
    follow_tag(alice, "tea")
    with pytest.raises(Invalid, match="1 tags"):
        follow_tag(alice, "cake")
    follow_tag(alice, "tea")
    assert TagFollow.objects.count() == 1
