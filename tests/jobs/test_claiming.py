"""A job belongs to one worker at a time, and to none for ever."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from jobs import actions
from jobs.lease import renew_lease
from jobs.models import Job
from jobs.running import LeaseLost, run_claimed
from tests.jobs.effects import effects, write

pytestmark = pytest.mark.django_db


def lapse(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_the_longest_overdue_job_comes_first():
    now = timezone.now()
    younger = write("note", 1, run_at=now - timedelta(seconds=1))
    older = write("note", 2, run_at=now - timedelta(seconds=5))
    write("note", 3, run_at=now + timedelta(hours=1))
    taken = [actions.claim_job("w"), actions.claim_job("w"), actions.claim_job("w")]
    assert taken == [older, younger, None]


def test_a_claimed_job_counts_the_attempt_and_carries_a_lease():
    write("note", 1)
    job = actions.claim_job("w")
    row = Job.objects.get()
    assert (row.state, row.held_by, row.attempts) == ("running", "w", 1)
    assert row.lease_until == job.lease_until > timezone.now()


def test_a_worker_can_keep_to_some_queues():
    write("note", 1, queue="media")
    assert actions.claim_job("w", queues=["default"]) is None
    assert actions.claim_job("w", queues=["media", "default"]) is not None


def test_done_work_leaves_no_row(counted):
    write("note", 7)
    assert run_claimed(actions.claim_job("w")) is None
    assert effects() == [7]
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_do_the_same_job(counted):
    Job.objects.bulk_create([Job(task="effects.note", args=[number]) for number in range(60)])
    errors = []

    def work(name: str) -> None:
        try:
            while job := actions.claim_job(name):
                if error := run_claimed(job):
                    errors.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert not errors
    assert effects() == list(range(60))


def test_an_abandoned_job_is_taken_over_and_the_first_worker_undone(counted):
    write("note", 1)
    slow = actions.claim_job("slow")
    lapse(slow)
    assert actions.release_abandoned() == 1
    Job.objects.update(run_at=timezone.now())
    quick = actions.claim_job("quick")
    assert quick.attempts == 2
    assert isinstance(run_claimed(slow), LeaseLost)
    assert effects() == []
    assert run_claimed(quick) is None
    assert effects() == [1]


def test_a_job_within_its_lease_is_left_alone():
    write("note", 1)
    actions.claim_job("w")
    assert actions.release_abandoned() == 0
    assert actions.release_abandoned(["someone else"]) == 0
    assert actions.release_abandoned(["w"]) == 1


def test_a_renewed_lease_lasts_longer():
    write("note", 1)
    job = actions.claim_job("w")
    lapse(job)
    assert renew_lease(job, timezone.now())
    assert actions.release_abandoned() == 0
    actions.release_abandoned(["w"])
    assert not renew_lease(job, timezone.now())


def test_given_back_is_as_if_never_taken():
    write("note", 1)
    actions.claim_job("w")
    actions.give_back("w")
    job = Job.objects.get()
    assert (job.state, job.attempts, job.held_by) == ("waiting", 0, "")


def test_a_second_job_with_the_same_key_is_not_written():
    actions.write_once("effects.note", "once")
    actions.write_once("effects.note", "once")
    actions.write_once("effects.note", "other")
    assert Job.objects.count() == 2


def test_a_clock_that_went_ahead_and_back_delays_nothing():
    tomorrow = timezone.now() + timedelta(days=1)
    at_once = write("note", 1, run_at=tomorrow, created_at=tomorrow)
    again = write("note", 2, run_at=tomorrow, attempts=3)
    planned = write("note", 3, run_at=tomorrow)
    actions.mend_times()
    due = set(Job.objects.due(timezone.now()))
    assert due == {at_once, again}
    assert planned not in due
