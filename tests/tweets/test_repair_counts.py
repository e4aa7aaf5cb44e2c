"""`repair_counts`: every counter checked against what is there."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from accounts.models import User
from relationships.actions import follow_user
from tests.factories import make_tweet, make_user
from tweets.actions import delete_tweet, hide_tweet, like_tweet, post_tweet, retweet
from tweets.draft import PollDraft, TweetDraft
from tweets.models import Poll, Tweet
from tweets.queries import recount

pytestmark = pytest.mark.django_db


def repair(*options):
    out = StringIO()
    call_command("repair_counts", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def life(alice, bob, carol):
    """A tweet of alice with one of everything."""
    follow_user(bob, alice)
    follow_user(carol, alice)
    tweet = make_tweet(alice)
    like_tweet(bob, tweet)
    retweet(carol, tweet)
    post_tweet(bob, TweetDraft("yes", reply_to_id=tweet.id))
    post_tweet(carol, TweetDraft("look", quote_of_id=tweet.id))
    return tweet


def counter_names(model):
    return [field.name for field in model._meta.fields if field.name.endswith("_count")]


def counters(model):
    return list(model.objects.order_by("pk").values_list(*counter_names(model)))


def test_what_the_actions_count_is_right(life):
    kinds = ("people", "tweets", "polls")
    assert repair() == "".join(f"All counts of {kind} are right.\n" for kind in kinds)


def test_what_staff_hid_counts_for_nobody(life, alice, staff):
    hide_tweet(staff, life)
    hide_tweet(staff, make_tweet(alice))
    assert "wrong" not in repair()
    delete_tweet(alice, Tweet.objects.get(pk=life.pk))
    assert "wrong" not in repair()
    assert User.objects.get(pk=alice.pk).tweets_count == 0


def test_no_counter_is_forgotten(life):
    told = {}
    post_tweet(life.author, TweetDraft("Tea?", poll=PollDraft(("yes", "no"), 300)))
    wrongs = {User: recount.wrong_people, Tweet: recount.wrong_tweets, Poll: recount.wrong_polls}
    for model, wrong in wrongs.items():
        model.objects.update(**dict.fromkeys(counter_names(model), 99))
        told[model] = {f"{name}_count" for drift in wrong() for name in drift.counts}
    assert told == {model: set(counter_names(model)) for model in apps.get_models() if counter_names(model)}


def test_wrong_counters_are_told_and_corrected(life, alice):
    people, tweets, tweeted = counters(User), counters(Tweet), User.objects.get(pk=alice.pk).last_tweeted_at
    User.objects.update(tweets_count=7, followers_count=0, following_count=9)
    Tweet.objects.update(likes_count=0, retweets_count=5, replies_count=6, quotes_count=0)
    told = repair()
    assert "@alice: tweets 7 is 1, followers 0 is 2, following 9 is 0" in told
    assert f"@alice/{life.id}: likes 0 is 1, retweets 5 is 1, replies 6 is 1, quotes 0 is 1" in told
    assert "Corrected wrong counts of 3 people." in told
    assert "Corrected wrong counts of 4 tweets." in told
    assert (counters(User), counters(Tweet)) == (people, tweets)
    assert User.objects.get(pk=alice.pk).last_tweeted_at == tweeted
    assert "are right" in repair()


def test_a_dry_run_only_tells(life):
    User.objects.update(followers_count=40)
    assert "Found wrong counts of 3 people." in repair("--dry-run")
    assert set(User.objects.values_list("followers_count", flat=True)) == {40}


def test_a_long_list_is_cut_unless_asked_for(db):
    for _ in range(23):
        make_user()
    User.objects.update(tweets_count=1)
    assert repair("--dry-run").count("tweets 1 is 0") == 20
    assert repair("--dry-run", "--verbosity", "2").count("tweets 1 is 0") == 23


def test_batches_meet_without_a_gap(monkeypatch, db):
    monkeypatch.setattr(recount, "BATCH", 2)
    for _ in range(5):
        make_user()
    User.objects.update(following_count=3)
    assert "Corrected wrong counts of 5 people." in repair()
    assert set(User.objects.values_list("following_count", flat=True)) == {0}
