"""The index is made anew, catches up, and is never behind for long."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from search.actions import begin_rebuild, catch_up, rebuild, walks
from search.actions import walk as walking
from search.models import PersonDocument, Progress, TweetDocument
from tests.factories import make_tweet
from tweets.actions import delete_tweet, post_tweet
from tweets.draft import TweetDraft
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


def post_long_ago(author, text, minutes=60):
    return post_tweet(author, TweetDraft(text), at=timezone.now() - timedelta(minutes=minutes))


def test_a_tweet_is_found_as_soon_as_its_job_ran(found, alice, events_happen):
    with events_happen():
        tweet = make_tweet(alice, "plum")

    assert found("plum") == [tweet.id]
    with events_happen():
        delete_tweet(alice, tweet)
    assert not TweetDocument.objects.exists()
    assert found("plum") == []


def test_what_was_there_before_is_caught_up_with(found, alice, monkeypatch):
    monkeypatch.setattr(walking, "BATCH", 2)
    old = [post_long_ago(alice, "plum").id for _ in range(5)]
    young = make_tweet(alice, "plum")

    assert catch_up(batches=1) == 2
    assert catch_up() == 3
    assert catch_up() == 0
    assert sorted(found("plum")) == sorted(old)  # the young one is its own job's affair
    assert young.id not in found("plum")


def test_catching_up_leaves_alone_what_is_indexed(alice, events_happen):
    with events_happen():
        post_long_ago(alice, "plum")
    TweetDocument.objects.update(words="untouched")

    catch_up()

    assert TweetDocument.objects.get().words == "untouched"


def test_rebuilding_goes_on_where_it_stopped(found, alice, monkeypatch):
    monkeypatch.setattr(walking, "BATCH", 2)
    ids = sorted(post_long_ago(alice, "plum", minutes).id for minutes in (50, 40, 30, 20, 10))
    tweets = walks[0]

    assert begin_rebuild()
    steps = rebuild(tweets)
    assert next(steps) == (2, ids[1])
    steps.close()
    assert sorted(found("plum")) == ids[:2]

    assert not begin_rebuild()
    assert list(rebuild(tweets)) == [(2, ids[3]), (1, ids[4])]
    assert sorted(found("plum")) == ids
    assert not Progress.objects.filter(walk="tweet anew").exists()


def test_the_command_mends_a_wrong_index(found, alice, bob, events_happen):
    with events_happen():
        tweet = post_long_ago(alice, "plum")
    Tweet.objects.filter(pk=tweet.pk).update(text="cherry")
    PersonDocument.objects.all().delete()
    said = StringIO()

    call_command("rebuild_search", stdout=said)

    assert "Indexed 1 rows: tweet." in said.getvalue()
    assert found("plum") == []
    assert found("cherry") == [tweet.id]


def test_indexing_twice_is_harmless(found, alice, events_happen):
    with events_happen():
        tweet = make_tweet(alice, "plum plum")
    for _ in range(2):
        assert walks[0].index([tweet.id]) == 1
    assert found("plum") == [tweet.id]


def test_a_tweet_that_is_gone_is_no_error():
    assert walks[0].index([1]) == walks[1].index([1]) == 0
