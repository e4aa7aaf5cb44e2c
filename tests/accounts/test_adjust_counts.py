"""adjust_counts: counters change in SQL."""

import pytest
from django.utils import timezone

from accounts.actions import adjust_counts
from accounts.models import User
from accounts.queries import recently_active

pytestmark = pytest.mark.django_db


def test_counting_up_and_down(alice):
    adjust_counts(alice.id, tweets=1)
    adjust_counts(alice.id, tweets=1)
    adjust_counts(alice.id, tweets=-1)
    alice.refresh_from_db()
    assert alice.tweets_count == 1


def test_who_tweets_is_recently_active_and_who_deletes_is_not_more_so(alice, bob, carol):
    for person in (alice, bob):
        adjust_counts(person.id, tweets=1, tweeted_at=timezone.now())
    adjust_counts(alice.id, tweets=-1)
    assert recently_active(limit=5) == [bob, alice]
    User.objects.filter(pk=bob.pk).update(state=User.State.SUSPENDED)
    assert recently_active(limit=5) == [alice]
