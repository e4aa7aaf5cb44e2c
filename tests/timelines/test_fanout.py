"""Delivering in batches, as often as it takes, each row once."""

import pytest
from django.utils import timezone

from relationships.models import Follow
from tests.factories import make_tweet, make_user
from timelines import fanout
from timelines.models import HomeTimeline, TimelineEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def followers(alice):
    people = [make_user() for _ in range(25)]
    Follow.objects.bulk_create(Follow(follower=person, followed=alice) for person in people)
    HomeTimeline.objects.bulk_create(
        HomeTimeline(owner=person, read_at=timezone.now()) for person in people[:20]
    )
    return people


def test_every_kept_home_gets_it_once(alice, followers, monkeypatch):
    monkeypatch.setattr(fanout, "BATCH", 7)
    tweet = make_tweet(alice)
    assert fanout.deliver(tweet) == 20
    assert fanout.deliver(tweet) == 0
    assert set(TimelineEntry.objects.values_list("owner_id", flat=True)) == {
        person.id for person in followers[:20]
    }


@pytest.mark.parametrize("batch", [7, 100])
def test_the_number_of_queries_goes_with_the_batches(
    alice, followers, monkeypatch, batch, django_assert_max_num_queries
):
    monkeypatch.setattr(fanout, "BATCH", batch)
    tweet = make_tweet(alice)
    with django_assert_max_num_queries(1 + 4 * -(-25 // batch)):
        fanout.deliver(tweet)
