"""A Celery worker does what was promised, by messages that hold an id and nothing else."""

import base64
import json
import os
import signal
import time
from datetime import timedelta

import pytest
import redis
from django.db import transaction
from django.utils import timezone

from jobs import actions
from jobs.models import Clock, Job
from tests.celery.conftest import family_of
from tests.jobs.effects import effects
from tests.serving import gone_within

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("counted")]
QUEUES = ("default", "fanout", "deliver", "media", "chores", "outside")


def promise(task: str, *args: object, **fields: object) -> Job:
    """As an action does it."""
    job = Job(task=f"effects.{task}", args=list(args), **fields)
    with transaction.atomic():
        actions.write_jobs([job])
    return job


def ours():
    return Job.objects.filter(task__startswith="effects")


@pytest.mark.parametrize("broker", ["redis", "rabbit"], indirect=True)
def test_jobs_of_all_queues_are_done_once_and_the_clock_runs(start_worker, eventually):
    start_worker(WORKER_TASKS="yes")
    for number, queue in enumerate(QUEUES):
        promise("note", number, queue=queue)
    soon = promise("note", len(QUEUES), run_at=timezone.now() + timedelta(seconds=1))
    eventually(lambda: not ours().exists())
    assert effects() == list(range(len(QUEUES) + 1))
    assert timezone.now() >= soon.run_at
    assert Clock.objects.filter(name__startswith="tweets.periodic").exists()


def test_a_message_holds_the_id_and_nothing_of_the_job(broker, eventually):
    job = promise("note", "the secret is 12345", queue="fanout")
    store = redis.Redis.from_url(broker.url)
    eventually(lambda: store.llen("jobs:localhost:8000:fanout") == 1)
    message = json.loads(store.lindex("jobs:localhost:8000:fanout", 0))
    assert "12345" not in str(message)
    args, kwargs, _ = json.loads(base64.b64decode(message["body"]))
    assert (args, kwargs) == ([job.pk], {})


def test_a_job_that_fails_is_tried_again_after_its_pause(start_worker, eventually):
    start_worker(WORKER_TASKS="yes")
    job = promise("note_then_fail", 1)
    eventually(lambda: ours().get().attempts >= 2)
    assert effects() == []
    assert timezone.now() - job.created_at > timedelta(seconds=0.75)
    assert "ValueError" in ours().get().last_error


def test_told_to_stop_it_finishes_what_is_in_hand(start_worker, eventually):
    worker = start_worker(WORKER_TASKS="yes", WORKER_HANDS="1")
    for number in (1, 2):
        promise("note_slowly", number, 2)
    eventually(lambda: ours().filter(state="running").exists())
    family = family_of(worker.pid)
    worker.terminate()
    assert worker.wait(30) == 0
    assert len(effects()) == 1
    assert list(ours().values_list("state", "attempts")) == [("waiting", 0)]
    assert all(gone_within(pid, 5) for pid in family)


@pytest.mark.parametrize("task", ["note_slowly", "note_slowly_outside"])
def test_after_the_grace_what_is_in_hand_is_handed_back_uncounted(start_worker, eventually, task):
    worker = start_worker(WORKER_TASKS="yes", WORKER_GRACE_SECONDS="1")
    promise(task, 1, 600)
    if task == "note_slowly_outside":  # the other one holds all of SQLite while it runs
        promise(task, 2, 600, queue="outside")
    eventually(lambda: ours().filter(state="running").count() == ours().count())
    worker.terminate()
    assert worker.wait(30) == 0
    assert set(ours().values_list("state", "attempts", "held_by")) == {("waiting", 0, "")}


def test_a_signal_to_the_whole_group_hands_back_too(start_worker, eventually):
    worker = start_worker(WORKER_TASKS="yes", WORKER_GRACE_SECONDS="2")
    promise("note_slowly", 1, 600)
    eventually(lambda: ours().filter(state="running").exists())
    os.killpg(worker.pid, signal.SIGTERM)
    assert worker.wait(30) == 0
    assert list(ours().values_list("state", "attempts", "held_by")) == [("waiting", 0, "")]


def test_killed_it_leaves_no_process_and_another_takes_over(start_worker, eventually):
    worker = start_worker(WORKER_TASKS="yes")
    promise("note_slowly", 1, 3)
    eventually(lambda: ours().filter(state="running").exists())
    family = family_of(worker.pid)
    worker.kill()
    assert len(family) >= 3
    assert all(gone_within(pid, 10) for pid in family)
    assert effects() == []
    start_worker(WORKER_TASKS="yes")
    eventually(lambda: effects() == [1])


def test_a_hand_whose_job_hangs_is_replaced(start_worker, eventually):
    worker = start_worker(WORKER_TASKS="yes", WORKER_HANDS="1", WORKER_LONGEST_SECONDS="2")
    promise("note_slowly_outside", 1, 600)
    eventually(lambda: ours().get().last_error == "It took more than 2 s.")
    promise("note", 2)
    eventually(lambda: 2 in effects())
    assert worker.poll() is None


def test_only_the_queues_it_is_told(start_worker, eventually):
    start_worker("--queue", "media", WORKER_TASKS="yes")
    promise("note", 1, queue="fanout")
    promise("note", 2, queue="media")
    eventually(lambda: effects() == [2])
    time.sleep(1)
    assert effects() == [2]
    start_worker("--queue", "fanout", WORKER_TASKS="yes")
    eventually(lambda: effects() == [1, 2])


def test_without_a_broker_posting_is_as_quick_and_jobs_are_taken_from_the_table(
    broker, start_worker, eventually
):
    start_worker(WORKER_TASKS="yes")
    promise("note", 1)
    eventually(lambda: effects() == [1])
    broker.stop()
    began = time.monotonic()
    for number in range(2, 22):
        promise("note", number, queue="fanout")
    assert time.monotonic() - began < 10  # twenty times the patience with a broker would be more
    eventually(lambda: effects() == list(range(1, 22)), seconds=60)
    broker.start()
    promise("note_slowly", 22, 3)
    promise("note", 23)
    eventually(lambda: {22, 23} <= set(effects()), seconds=60)
