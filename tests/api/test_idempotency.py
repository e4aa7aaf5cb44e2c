"""What an app sends again is said once: the header Idempotency-Key."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tweets.models import PostingKey, Tweet

pytestmark = pytest.mark.django_db


def test_the_same_key_posts_once(alices, bobs, alice):
    first = alices.post("/api/v1/statuses", {"status": "hi"}, **{"Idempotency-Key": "k" * 300})
    again = alices.post("/api/v1/statuses", {"status": "hi"}, **{"Idempotency-Key": "k" * 300})
    assert first.json()["id"] == again.json()["id"]
    assert Tweet.objects.count() == 1
    bobs.post("/api/v1/statuses", {"status": "hi"}, **{"Idempotency-Key": "k" * 300})
    alices.post("/api/v1/statuses", {"status": "hi"}, **{"Idempotency-Key": "other"})
    alices.post("/api/v1/statuses", {"status": "hi"})
    assert Tweet.objects.count() == 4


def test_a_key_counts_for_an_hour(alices):
    def post():
        answer = alices.post("/api/v1/statuses", {"status": "hi"}, **{"Idempotency-Key": "breakfast"})
        return answer.json()["id"]

    first, moment = post(), timedelta(seconds=30)
    PostingKey.objects.update(created_at=timezone.now() - timedelta(hours=1) + moment)
    assert post() == first
    PostingKey.objects.update(created_at=timezone.now() - timedelta(hours=1) - moment)
    second = post()
    assert second != first
    assert post() == second
    assert PostingKey.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_the_same_moment_posts_once(alices):
    found = []

    def post():
        try:
            answer = alices.post("/api/v1/statuses", {"status": "hi"}, **{"Idempotency-Key": "once"})
            found.append((answer.status_code, answer.json()["id"]))
        finally:
            connection.close()

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert Tweet.objects.count() == 1
