"""Undoing while others undo too, and while a worker already delivers: all of it happens or none."""

import pytest
from django.db import IntegrityError

from jobs.engines.embedded import run_pending
from jobs.models import Job
from notifications.models import Notification
from tests.attacks.crowd import at_once, counters_agree
from timelines.models import TimelineEntry
from tweets.actions import post_thread, undo_posting
from tweets.draft import TweetDraft
from tweets.models import SavedDraft, Tweet

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def thread(alice, bob):
    return post_thread(alice, [TweetDraft("hello @bob", key="form"), TweetDraft("and @bob")], undo_seconds=30)


def test_many_clicks_make_one_draft(alice, thread):
    assert at_once(lambda: undo_posting(alice, thread[0].id), times=8) == []
    assert SavedDraft.objects.count() == 1
    assert not Tweet.objects.exists()
    assert counters_agree()


def test_a_worker_that_is_too_early_leaves_nothing_behind(alice, thread):
    Job.objects.filter(run_at__gt=thread[0].created_at).update(run_at=thread[0].created_at)
    broken = at_once(lambda: undo_posting(alice, thread[0].id), run_pending)
    # PostgreSQL refuses to tell of what went meanwhile; the job is tried again and finds nothing.
    assert [error for error in broken if not isinstance(error, IntegrityError)] == []
    Job.objects.filter(state=Job.State.WAITING).update(run_at=thread[0].created_at)  # what is tried again
    run_pending()
    assert SavedDraft.objects.count() == 1
    assert not Tweet.objects.exists()
    assert not TimelineEntry.objects.exists()
    assert not Notification.objects.exists()
    assert not Job.objects.exists()
    assert counters_agree()
