"""Counting among many tweets: by ranges of an index, in bounded time, on both databases."""

import itertools
from datetime import timedelta
from time import process_time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from analytics.actions import recount_trends
from analytics.queries import trending_tags
from common.ids import id_at
from tests.factories import make_user
from tweets.models import Hashtag, Tweet, TweetHashtag

pytestmark = pytest.mark.django_db

TWEETS, TAGS, PEOPLE = 20_000, 60, 50
DAYS = 4


@pytest.fixture
def many():
    """Four days of tweets, each with a tag."""
    people = [make_user().pk for _ in range(PEOPLE)]
    tags = Hashtag.objects.bulk_create(Hashtag(name=f"tag{number}") for number in range(TAGS))
    now, apart = timezone.now(), timedelta(days=DAYS) / TWEETS
    ids = [id_at(now - apart * number) for number in range(TWEETS)]
    authors = itertools.cycle(people)
    Tweet.objects.bulk_create(
        (Tweet(id=an_id, author_id=next(authors), text="words") for an_id in ids), batch_size=5000
    )
    TweetHashtag.objects.bulk_create(
        (
            TweetHashtag(tweet_id=an_id, hashtag=tags[(number // PEOPLE) % TAGS])
            for number, an_id in enumerate(ids)
        ),
        batch_size=5000,
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (Tweet, TweetHashtag, Hashtag, User):
                cursor.execute(f"ANALYZE {model._meta.db_table}")


def plans(queries) -> str:
    """How the database reads tweets and their tags."""
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    found = []
    with connection.cursor() as cursor:
        for query in queries:
            if query["sql"].startswith("SELECT") and "tweethashtag" in query["sql"]:
                cursor.execute(explain + query["sql"].replace("%", "%%"))
                found += [str(row[-1]) for row in cursor.fetchall()]
    return "\n".join(found)


def timed() -> float:
    began = process_time()
    recount_trends()
    return process_time() - began


def test_only_the_last_day_is_read_and_of_a_busy_day_only_the_newest(many, settings):
    recount_trends()
    with CaptureQueriesContext(connection) as asked:
        assert timed() < 1

    assert len(trending_tags()) == settings.TRENDS_KEPT
    assert {tag.people for tag in trending_tags()} == {PEOPLE}
    read = plans(asked)
    if connection.vendor == "sqlite":
        assert "SEARCH tweets_tweethashtag USING COVERING INDEX" in read
        assert "SCAN" not in read
    else:
        assert "Index" in read
        assert "Seq Scan on tweets_tweet" not in read

    settings.TRENDS_HOURS, settings.TRENDS_READ = DAYS * 24, PEOPLE * 10
    assert timed() < 0.3
    assert len(trending_tags()) == 10
