"""A job that hangs does not hang for ever: its worker ends, the job counts as failed, the rest goes on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jobs.limit import EXIT_CODE
from jobs.models import Job
from tests.jobs.effects import effects, write

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_job_that_hangs_outside_a_transaction_ends_its_worker(counted, start_worker, eventually):
    write("note_slowly_outside", 1, 600)
    worker = start_worker(WORKER_LONGEST_SECONDS="1", WORKER_LEASE_SECONDS="3")
    assert worker.wait(60) == EXIT_CODE
    job = Job.objects.get()
    assert (job.state, job.attempts, job.held_by) == ("waiting", 1, "")
    assert job.last_error == "It took more than 1 s."


def test_a_job_that_hangs_inside_a_transaction_leaves_no_trace_but_the_attempt(
    counted, start_worker, eventually
):
    write("note_slowly", 1, 600)
    assert start_worker(WORKER_LONGEST_SECONDS="1").wait(60) == EXIT_CODE
    write("note", 2, run_at=timezone.now() - timedelta(minutes=1))  # first, however soon the other comes back
    start_worker()
    eventually(lambda: effects() == [2])
    eventually(lambda: Job.objects.get().attempts >= 1)


def test_others_in_hand_are_given_back_uncounted(counted, start_worker, eventually):
    write("note_slowly_outside", 1, 600, queue="outside")
    worker = start_worker(WORKER_LONGEST_SECONDS="4")
    eventually(lambda: effects() == [1])
    beside = write("note_slowly_outside", 2, 600)
    assert worker.wait(60) == EXIT_CODE
    beside.refresh_from_db()
    assert (beside.state, beside.attempts) == ("waiting", 0)


def test_short_jobs_never_add_up_to_a_long_one(counted, start_worker, eventually):
    for number in range(8):
        write("note_slowly", number, 0.3)
    worker = start_worker(WORKER_LONGEST_SECONDS="2")
    eventually(lambda: not Job.objects.exists())
    assert effects() == list(range(8))
    assert worker.poll() is None
