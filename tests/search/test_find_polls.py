"""Polls are found by what may be picked, and by asking for polls."""

import pytest

from tests.factories import make_tweet
from tweets.actions import edit_tweet
from tweets.draft import PollDraft, TweetDraft

pytestmark = pytest.mark.django_db


def test_a_poll_is_found_by_its_choices_and_as_one(found, alice, events_happen):
    with events_happen():
        make_tweet(alice, "No plum is picked here")
        tweet = make_tweet(alice, "What is ripe?", poll=PollDraft(("plum", "damson"), 300))
    assert found("damson") == [tweet.id]
    assert found("ripe plum") == [tweet.id]
    assert found("has:poll") == [tweet.id]


def test_an_edit_is_followed(found, alice, events_happen):
    with events_happen():
        tweet = make_tweet(alice, "What is ripe?", poll=PollDraft(("plum", "damson"), 300))
    with events_happen():
        edit_tweet(alice, tweet, TweetDraft("What is ripe?", poll=PollDraft(("sloe", "rowan"), 300)))
    assert found("damson") == []
    assert found("rowan") == [tweet.id]
    tweet.refresh_from_db()
    with events_happen():
        edit_tweet(alice, tweet, TweetDraft("What is ripe?"))
    assert found("rowan") == found("has:poll") == []
