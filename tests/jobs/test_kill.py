"""The promise of the outbox: kill the worker whenever you like, every effect comes exactly once."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection

from accounts.models import User
from events import bus
from jobs.models import Job
from tests.factories import make_user
from tests.jobs import effects
from tweets.actions import post_tweet
from tweets.draft import TweetDraft
from tweets.models import Tweet

AUTHORS = 4
EACH = 75
KILLS = 5


@pytest.fixture
def _tweets_have_an_effect() -> Iterator[None]:
    before = dict(bus._plans)
    bus.connect(effects.plans())
    yield
    bus.connect(before)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("counted", "_tweets_have_an_effect")
def test_three_hundred_tweets_survive_five_kills_of_the_worker(start_worker, eventually):
    posted: list[int] = []
    authors = [make_user() for _ in range(AUTHORS)]
    writers = [threading.Thread(target=tweet_a_lot, args=(author, posted)) for author in authors]
    worker = start_worker()
    for writer in writers:
        writer.start()
    for kill in range(KILLS):
        eventually(lambda wanted=(kill + 1) * 25: len(effects.effects()) >= wanted, seconds=30)
        worker.kill()
        worker.wait()
        worker = start_worker()
    for writer in writers:
        writer.join()
    eventually(lambda: not Job.objects.exists(), seconds=60)
    assert len(posted) == AUTHORS * EACH
    assert sorted(Tweet.objects.values_list("id", flat=True)) == sorted(posted)
    assert effects.effects() == sorted(posted)


def tweet_a_lot(author: User, posted: list[int]) -> None:
    try:
        for number in range(EACH):
            posted.append(post_tweet(author, TweetDraft(text=f"Number {number}")).id)
    finally:
        connection.close()
