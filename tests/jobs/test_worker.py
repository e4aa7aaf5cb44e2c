"""The worker as a process: quick to hear, clean to stop, gone with its parent."""

import signal
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from jobs import actions
from jobs.engines.embedded import Worker, run_pending
from jobs.models import Job
from tests.jobs.effects import effects, write
from tests.serving import cpu_seconds

pytestmark = pytest.mark.django_db(transaction=True)


def test_jobs_are_heard_at_once(counted, start_worker, eventually):
    start_worker()
    write("note", 0)
    eventually(lambda: effects() == [0])
    pauses = []
    for number in range(1, 6):
        started = time.monotonic()
        with transaction.atomic():
            actions.write_jobs([Job(task="effects.note", args=[number])])
        eventually(lambda wanted=number: wanted in effects())
        pauses.append(time.monotonic() - started)
    assert min(pauses) < 0.5  # without the bell each waits for the next look, a second later


def test_told_to_stop_it_finishes_the_job_in_hand(counted, start_worker, eventually):
    write("note_slowly", 1, 1.0)
    write("note", 2, run_at=timezone.now() + timedelta(milliseconds=1))
    worker = start_worker()
    eventually(lambda: Job.objects.filter(state="running").exists())
    worker.terminate()
    assert worker.wait(30) == 0
    assert effects() == [1]
    assert list(Job.objects.values_list("state", "attempts")) == [("waiting", 0)]


@pytest.mark.parametrize("task", ["note_slowly", "note_slowly_outside"])
def test_after_the_grace_the_job_in_hand_is_handed_back(counted, start_worker, eventually, task):
    write(task, 1, 60)
    worker = start_worker()
    eventually(lambda: Job.objects.filter(state="running").exists())
    time.sleep(0.2)
    worker.send_signal(signal.SIGALRM)  # what the grace ends with
    assert worker.wait(30) == 0
    assert list(Job.objects.values_list("state", "attempts")) == [("waiting", 0)]


@pytest.mark.parametrize("queue", ["outside", "media", "chores"])
def test_nobody_waits_for_what_takes_long(counted, start_worker, eventually, queue):
    write("note_slowly_outside", 1, 60, queue=queue)
    write("note_slowly_outside", 2, 60, queue=queue)
    write("note", 3)
    start_worker()
    eventually(lambda: 3 in effects())
    write("note", 4)
    eventually(lambda: 4 in effects())
    assert effects() == [1, 3, 4]  # of those, one at a time
    assert list(Job.objects.order_by("id").values_list("state", flat=True)) == ["running", "waiting"]


def test_pictures_and_chores_and_other_servers_do_not_wait_for_each_other(counted, start_worker, eventually):
    for number, queue in enumerate(["outside", "media", "chores"]):
        write("note_slowly_outside", number, 60, queue=queue)
    start_worker()
    eventually(lambda: effects() == [0, 1, 2])


def test_what_waits_for_other_servers_is_done_one_after_the_other(counted, start_worker, eventually):
    for number in range(6):
        write("note", number, queue="outside")
    started = time.monotonic()
    start_worker(WORKER_LOOK_SECONDS="30")
    eventually(lambda: not Job.objects.exists())
    assert effects() == list(range(6))
    assert time.monotonic() - started < 25  # the next one is taken as soon as a hand is free


def test_told_to_stop_it_finishes_what_is_beside_too(counted, start_worker, eventually):
    write("note_slowly_outside", 1, 1.0, queue="outside")
    worker = start_worker()
    eventually(lambda: effects() == [1])
    worker.terminate()
    assert worker.wait(30) == 0
    assert not Job.objects.exists()


def test_after_the_grace_what_is_beside_is_handed_back(counted, start_worker, eventually):
    write("note_slowly_outside", 1, 60, queue="outside")
    worker = start_worker()
    eventually(lambda: effects() == [1])
    worker.terminate()
    time.sleep(0.3)
    assert worker.poll() is None
    worker.send_signal(signal.SIGALRM)
    assert worker.wait(30) == 0
    assert list(Job.objects.values_list("state", "attempts")) == [("waiting", 0)]


def test_it_ends_when_its_parent_lets_go(counted, start_worker, eventually):
    write("note", 1)
    worker = start_worker()
    eventually(lambda: effects() == [1])
    worker.stdin.close()  # as the system does when the parent is killed
    assert worker.wait(30) == 0


def test_a_killed_worker_is_noticed_without_waiting_for_its_lease(counted, start_worker, eventually):
    write("die", 1)
    worker = start_worker()
    assert worker.wait(30) == -signal.SIGKILL
    assert Job.objects.get().state == "running"
    write("note", 2)
    start_worker()
    eventually(lambda: effects() == [2])
    job = Job.objects.get()
    assert (job.attempts, job.held_by) in {(1, ""), (2, job.held_by)}


def test_a_job_that_kills_its_worker_is_put_aside_in_the_end(counted, settings):
    write("die", 1, attempts=settings.JOB_MAX_ATTEMPTS - 1)
    job = actions.claim_job("somewhere:999999999:dead")
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    actions.release_abandoned()
    job.refresh_from_db()
    assert job.state == "dead"
    assert "worker stopped" in job.last_error


def test_the_lease_is_renewed_while_slow_work_runs(counted, start_worker, eventually):
    write("note_slowly_outside", 1, 3)
    start_worker(WORKER_LEASE_SECONDS="1")
    eventually(lambda: Job.objects.filter(state="running").exists())
    for _ in range(4):
        time.sleep(0.5)
        assert actions.release_abandoned() == 0
    eventually(lambda: not Job.objects.exists())
    assert effects() == [1]


def test_one_worker_can_empty_the_table_and_return(counted):
    for number in range(5):
        write("note", number)
    Worker().run(until_empty=True)
    assert effects() == [0, 1, 2, 3, 4]


def test_jobs_that_jobs_write_are_done_too(counted):
    write("note_and_write", 1)
    assert run_pending() == 2
    assert effects() == [1, 2]


def test_an_idle_worker_costs_next_to_nothing(counted, start_worker, eventually):
    worker = start_worker()
    write("note", 1)
    eventually(lambda: effects() == [1])
    before = cpu_seconds(worker.pid)
    time.sleep(2)
    assert cpu_seconds(worker.pid) - before < 0.1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL hangs up on people")
def test_a_database_that_hangs_up_is_survived(counted, start_worker, eventually):
    write("note_slowly", 1, 1)
    start_worker()
    eventually(lambda: Job.objects.filter(state="running").exists())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    eventually(lambda: not Job.objects.exists())
    assert effects() == [1]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite locks the whole file")
def test_a_file_that_is_locked_for_long_is_survived(counted, start_worker, eventually):
    worker = start_worker(WORKER_LOCK_SECONDS="0.1")
    write("note", 1)
    eventually(lambda: effects() == [1])
    with transaction.atomic():
        write("note", 2)
        time.sleep(1.5)
    eventually(lambda: effects() == [1, 2])
    assert worker.poll() is None
