"""Rows written by SQL that stands written once: the same rows as the ORM would write."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from common.replicas.routing import reading_from
from common.writing import Inserts, change, count
from jobs.models import Job
from notifications.models import Notification
from relationships.models import Block, Follow
from search.models import TweetDocument
from tests.factories import make_tweet, make_user
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


def like(recipient: User, actor: User, tweet: Tweet) -> Notification:
    return Notification(recipient=recipient, actor=actor, tweet=tweet, kind="like", bundle=f"like:{tweet.pk}")


def a_job(number: int) -> Job:
    moment = timezone.now() + timedelta(days=number)
    return Job(task="a.b", args=["Event", {"number": number, "text": 'é "%s"'}], run_at=moment)


@pytest.mark.parametrize("number", [1, 3, 8, 9, 30])
def test_rows_are_as_the_orm_writes_them(number, django_assert_num_queries):
    jobs = [a_job(place) for place in range(number)]
    with django_assert_num_queries(1):
        Inserts(Job).write(jobs)
    others = Job.objects.bulk_create([a_job(place) for place in range(number)])
    for ours, orms in zip(jobs, others, strict=True):
        kept, same = Job.objects.get(pk=ours.pk), Job.objects.get(pk=orms.pk)
        assert (kept.args, kept.kwargs, kept.queue) == (same.args, same.kwargs, same.queue)
        assert (kept.state, kept.lease_until, kept.unique_key) == (same.state, None, None)
        assert kept.run_at == ours.run_at
        assert not ours._state.adding


def test_nothing_is_asked_for_no_rows(django_assert_num_queries):
    with django_assert_num_queries(0):
        Inserts(Job).write([])


def test_columns_may_be_called_like_words_of_sql(alice, bob):
    tweet = Tweet(author=alice, text="good morning", html="<p>good morning</p>", conversation_id=7)
    Inserts(Tweet).write([tweet])
    kept = Tweet.objects.get()
    assert (kept.text, kept.warning, kept.likes_count) == ("good morning", "", 0)
    assert tweet.warning == ""  # which the database would have chosen


def test_a_row_that_is_there_stays_as_it_is(alice, bob):
    told, tweet = Inserts(Notification, ignores_conflicts=True), make_tweet(alice)
    told.write([like(alice, bob, tweet)])
    first = Notification.objects.get()
    told.write([like(alice, bob, tweet), like(alice, make_user(), tweet)])
    assert Notification.objects.count() == 2
    assert Notification.objects.get(actor=bob).pk == first.pk


def test_without_that_it_is_an_error(alice, bob):
    follows = Inserts(Follow)
    follows.write([Follow(follower=alice, followed=bob)])
    with pytest.raises(IntegrityError), transaction.atomic():
        follows.write([Follow(follower=alice, followed=bob)])


@pytest.mark.parametrize("number", [1, 12])
def test_columns_are_written_anew(alice, number):
    documents = Inserts(TweetDocument, replaces=["words"])
    tweets = [make_tweet(alice) for _ in range(number)]
    for words in ("one", "two"):
        documents.write([TweetDocument(tweet=tweet, words=words) for tweet in tweets])
        assert set(TweetDocument.objects.filter(tweet__in=tweets).values_list("words")) == {(words,)}


def test_counters_are_added_to_and_never_below_nothing(alice):
    assert count(User, alice.pk, {"followers_count": 3, "following_count": 0})
    assert count(User, alice.pk, {"followers_count": -1, "tweets_count": -5})
    alice.refresh_from_db()
    assert (alice.followers_count, alice.tweets_count) == (2, 0)


def test_a_value_is_noted_beside_them(alice, django_assert_num_queries):
    moment = timezone.now()
    with django_assert_num_queries(1):
        assert count(User, alice.pk, {"tweets_count": 1}, last_tweeted_at=moment)
    alice.refresh_from_db()
    assert (alice.tweets_count, alice.last_tweeted_at) == (1, moment)


def test_whoever_is_gone_is_not_counted(alice, django_assert_num_queries):
    assert not count(User, 5, {"followers_count": 1})
    with django_assert_num_queries(0):
        assert not count(User, alice.pk, {"followers_count": 0})


def test_a_request_that_wrote_so_reads_what_it_wrote(alice, bob, settings):
    """Whoever liked something by hand-written SQL is sent to the primary, as after any other deed."""
    settings.DATABASE_ROUTERS = ["common.replicas.routing.Router"]
    for deed in (
        lambda: change(Block, "DELETE FROM relationships_block WHERE id = %s", 5),
        lambda: count(User, alice.pk, {"followers_count": 1}),
        lambda: Inserts(Follow).write([Follow(follower=alice, followed=bob)]),
    ):
        with reading_from("default") as reading:
            deed()
            assert reading.has_written
