"""Deleting to write it anew: the tweet goes, and what it said is a draft, in one deed."""

import pytest

from common.errors import NotAllowed, NotFound
from events.catalogue import TweetDeleted
from tests.factories import make_image, make_quote, make_reply, make_tweet
from tweets.actions import redraft_tweet, retweet
from tweets.draft import PollDraft, from_plain
from tweets.models import SavedDraft, Tweet

pytestmark = pytest.mark.django_db


def kept(draft: SavedDraft):
    [one] = from_plain(draft.what)
    return one


def test_words_warning_language_and_audience_are_kept(alice):
    tweet = make_tweet(
        alice,
        "hello",
        warning="long",
        is_sensitive=True,
        language="de",
        visibility="followers",
        repliers="mentioned",
    )
    one = kept(redraft_tweet(alice, tweet))
    assert (one.text, one.warning, one.is_sensitive, one.language) == ("hello", "long", True, "de")
    assert (one.visibility, one.repliers) == ("followers", "mentioned")
    assert not Tweet.objects.exists()
    alice.refresh_from_db()
    assert alice.tweets_count == 0


def test_pictures_wait_for_the_draft_with_their_descriptions(alice):
    image = make_image(alice, "a hill")
    draft = redraft_tweet(alice, make_tweet(alice, "look", images=[image]))
    assert [one.attachment_id for one in kept(draft).images] == [image.id]
    image.refresh_from_db()
    assert image.description == "a hill"
    assert image.holder


def test_the_questions_of_a_poll_are_kept_and_its_votes_go(alice):
    tweet = make_tweet(alice, "which?", poll=PollDraft(("tea", "coffee"), 3600, is_multiple=True))
    poll = kept(redraft_tweet(alice, tweet)).poll
    assert poll is not None
    assert (poll.choices, poll.is_multiple) == (("tea", "coffee"), True)


def test_what_it_answered_and_quoted_is_kept(alice, bob):
    there = make_tweet(bob)
    assert kept(redraft_tweet(alice, make_reply(alice, there, "yes"))).reply_to_id == there.id
    assert kept(redraft_tweet(alice, make_quote(alice, there, "this"))).quote_of_id == there.id
    there.refresh_from_db()
    assert (there.replies_count, there.quotes_count) == (0, 0)


def test_it_is_announced_as_a_deletion(alice, announced):
    tweet = make_tweet(alice)
    with announced() as events:
        redraft_tweet(alice, tweet)
    assert TweetDeleted(tweet.id, alice.id, "public", []) in events


def test_somebody_elses_tweet_and_a_retweet_stay(alice, bob):
    tweet = make_tweet(bob)
    for thing in (tweet, retweet(alice, tweet)):
        with pytest.raises(NotAllowed):
            redraft_tweet(alice, thing)
    assert Tweet.objects.count() == 2
    assert not SavedDraft.objects.exists()


def test_a_second_time_it_is_gone_and_the_draft_stays(alice):
    tweet = make_tweet(alice, "hello")
    redraft_tweet(alice, tweet)
    with pytest.raises(NotFound):
        redraft_tweet(alice, tweet)
    assert SavedDraft.objects.count() == 1
