"""A thousand tweets, a worker killed three times, a broker that forgets all: every effect exactly once."""

import threading
from collections import Counter

import pytest
from django.db import connection

from accounts.models import User
from jobs.models import Job
from notifications.models import Notification
from relationships.actions import follow_user
from tests.celery.conftest import family_of
from tests.factories import make_user
from tests.jobs.effects import effects
from tests.serving import gone_within
from timelines.actions import keep_home
from timelines.models import TimelineEntry
from tweets.actions import post_tweet
from tweets.draft import TweetDraft
from tweets.models import Tweet

AUTHORS = 2
EACH = 500


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("broker", ["redis", "rabbit"], indirect=True)
def test_every_effect_comes_exactly_once(broker, start_worker, eventually, bob):
    authors = [make_user() for _ in range(AUTHORS)]
    followers = [make_user() for _ in range(AUTHORS)]
    for author, follower in zip(authors, followers, strict=True):
        follow_user(follower, author)
        keep_home(follower)
    Job.objects.all().delete()
    posted: list[int] = []
    hands = "2" if connection.vendor == "postgresql" else "1"  # SQLite lets one write at a time
    writers = [threading.Thread(target=tweet_a_lot, args=(author, posted)) for author in authors]
    worker = start_worker(WORKER_TASKS="yes", WORKER_HANDS=hands)
    for writer in writers:
        writer.start()
    for number, wanted in enumerate((100, 350, 600)):
        eventually(lambda wanted=wanted: len(effects()) >= wanted, seconds=90)
        family = family_of(worker.pid)
        worker.kill()
        worker.wait()
        assert all(gone_within(pid, 30) for pid in family)  # JOB_GRACE_SECONDS and a little
        if number == 1:
            broker.restart()
        worker = start_worker(WORKER_TASKS="yes", WORKER_HANDS=hands)
    for writer in writers:
        writer.join()
    eventually(lambda: not Job.objects.filter(state__in=["waiting", "running"]).exists(), seconds=90)
    assert not Job.objects.exists()

    assert len(posted) == AUTHORS * EACH
    assert sorted(Tweet.objects.values_list("id", flat=True)) == sorted(posted)
    assert effects() == sorted(posted)
    mentions = Notification.objects.filter(recipient=bob).values_list("tweet_id", flat=True)
    assert Counter(mentions) == Counter(posted)
    for author, follower in zip(authors, followers, strict=True):
        author.refresh_from_db()
        theirs = Tweet.objects.filter(author=author).values_list("id", flat=True)
        at_home = TimelineEntry.objects.filter(owner=follower).values_list("tweet_id", flat=True)
        assert author.tweets_count == EACH
        assert Counter(at_home) == Counter(theirs)


def tweet_a_lot(author: User, posted: list[int]) -> None:
    try:
        for number in range(EACH):
            posted.append(post_tweet(author, TweetDraft(text=f"Number {number}, @bob")).id)
    finally:
        connection.close()
