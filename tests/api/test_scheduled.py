"""Tweets that wait for their hour."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from tests.api.shape import assert_is
from tests.factories import make_image, make_tweet
from tweets.actions import post_due
from tweets.models import ScheduledTweet, Tweet

pytestmark = pytest.mark.django_db
PATH = "/api/v1/scheduled_statuses"
NOT_THERE = (404, {"error": "Record not found"})


def later(minutes=60):
    return (timezone.now() + timedelta(minutes=minutes)).isoformat()


def schedule(app, at=None, headers=None, **sent):
    wanted = {"status": "later", "scheduled_at": at or later(), **sent}
    return app.post("/api/v1/statuses", wanted, **(headers or {}))


def told(answer):
    return answer.status_code, answer.json()


def test_written_down_and_posted_at_its_hour(alices, alice, bob):
    picture, root = make_image(alice, "a cup"), make_tweet(bob)
    found = schedule(
        alices,
        media_ids=[str(picture.id)],
        in_reply_to_id=str(root.id),
        spoiler_text="careful",
        visibility="unlisted",
        language="de",
    ).json()
    assert_is("ScheduledStatus", found)
    params = found["params"]
    assert (params["text"], params["spoiler_text"], params["visibility"]) == ("later", "careful", "unlisted")
    assert (params["in_reply_to_id"], params["media_ids"]) == (root.id, [str(picture.id)])
    assert found["media_attachments"][0]["description"] == "a cup"
    assert alices.get(PATH).json() == [alices.get(f"{PATH}/{found['id']}").json()] == [found]
    assert not Tweet.objects.filter(author=alice).exists()
    ScheduledTweet.objects.update(try_at=timezone.now())
    assert post_due() == 1
    assert Tweet.objects.get(author=alice).reply_to_id == root.id
    assert alices.get(PATH).json() == []


def test_a_poll_waits_too(alices):
    found = schedule(alices, poll={"options": ["Tea", "Coffee"], "expires_in": 3600}).json()
    assert found["params"]["poll"]["options"] == ["Tea", "Coffee"]


def test_the_same_key_schedules_once(alices):
    at, key = later(), {"Idempotency-Key": "breakfast"}
    sent = {"status": "later", "scheduled_at": at}
    first = alices.post("/api/v1/statuses", sent, **key)
    assert told(alices.post("/api/v1/statuses", sent, **key)) == told(first)
    assert ScheduledTweet.objects.count() == 1


def again(app, **sent):
    """The same key, and the number of the answer."""
    answer = schedule(app, headers={"Idempotency-Key": "breakfast"}, **sent)
    assert answer.status_code == 200, answer.content
    return answer.json()["id"]


def test_its_key_counts_for_an_hour(alices):
    at, an_hour, moment = later(24 * 60), timezone.now() + timedelta(hours=1), timedelta(seconds=30)
    first = again(alices, at=at)
    with time_machine.travel(an_hour - moment, tick=True):
        assert again(alices, at=at) == first
    with time_machine.travel(an_hour + moment, tick=True):
        second = again(alices, at=at)
        assert second != first
        assert again(alices, at=at) == second
        assert len(alices.get(PATH).json()) == 2


def test_what_could_not_be_posted_may_be_sent_anew(alices):
    first = again(alices)
    ScheduledTweet.objects.update(state=ScheduledTweet.State.FAILED, reason="It was not there.")
    second = again(alices)
    assert second != first
    assert again(alices) == second
    assert [row["id"] for row in alices.get(PATH).json()] == [second]


def test_a_key_is_nobody_elses(alices, bobs):
    assert again(alices) != again(bobs)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("with_picture", [False, True])
def test_the_same_key_at_the_same_moment_schedules_once(alices, alice, with_picture):
    sent = {"media_ids": [str(make_image(alice).pk)]} if with_picture else {}
    at, found = later(), []

    def send():
        try:
            answer = schedule(alices, at=at, headers={"Idempotency-Key": "once"}, **sent)
            found.append((answer.status_code, answer.json().get("id"), answer.json().get("error")))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    row = ScheduledTweet.objects.get()
    assert found == [(200, str(row.pk), None)] * 8


def test_another_time_and_none_at_all(alices):
    an_id = schedule(alices).json()["id"]
    changed = alices.put(f"{PATH}/{an_id}", {"scheduled_at": later(120)}).json()
    assert changed["scheduled_at"] > later(90)
    assert alices.put(f"{PATH}/{an_id}", {}).status_code == 422
    assert alices.put(f"{PATH}/{an_id}", {"scheduled_at": later(1)}).status_code == 422
    assert told(alices.delete(f"{PATH}/{an_id}")) == (200, {})
    for method in ("GET", "PUT", "DELETE"):
        assert told(alices(method, f"{PATH}/{an_id}", {"scheduled_at": later()})) == NOT_THERE


@pytest.mark.parametrize(
    "sent",
    [{"at": "tomorrow"}, {"at": "2020-01-01T00:00:00Z"}, {"status": ""}, {"status": "x" * 300}],
)
def test_what_cannot_be_scheduled(alices, sent):
    answer = schedule(alices, **sent)
    assert answer.status_code == 422
    assert not ScheduledTweet.objects.exists()


def test_they_are_nobody_elses(alices, bobs):
    an_id = schedule(alices).json()["id"]
    assert bobs.get(PATH).json() == []
    for method in ("GET", "PUT", "DELETE"):
        assert told(bobs(method, f"{PATH}/{an_id}", {"scheduled_at": later()})) == NOT_THERE
    assert ScheduledTweet.objects.exists()
