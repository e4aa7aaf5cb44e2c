"""What fails is tried again with growing pauses, then put aside for a person to see."""

import logging
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from jobs import actions, registry
from jobs.engines.embedded import run_pending
from jobs.models import Job
from jobs.running import run_claimed
from tests.jobs.effects import effects, write

pytestmark = pytest.mark.django_db


def due_now() -> None:
    Job.objects.update(run_at=timezone.now())


def test_a_failure_undoes_its_work_and_waits(counted, caplog):
    write("note_then_fail", 1)
    before = timezone.now()
    error = run_claimed(actions.claim_job("w"))
    job = Job.objects.get()
    assert isinstance(error, ValueError)
    assert effects() == []
    assert (job.state, job.attempts) == ("waiting", 1)
    assert job.run_at > before + timedelta(seconds=0.7)
    assert "ValueError: the secret is 12345" in job.last_error
    assert len(caplog.records) == 1
    assert "effects.note_then_fail" in caplog.text
    assert "12345" not in caplog.text


def test_pauses_grow_and_are_spread():
    means = [sum(actions.pause_after(attempt) for _ in range(50)) / 50 for attempt in range(1, 9)]
    assert means[:7] == sorted(means[:7])
    assert 0.7 < means[0] < 1.3
    assert 3000 < means[7] < 4500
    assert len({actions.pause_after(3) for _ in range(20)}) > 10


def test_a_poison_job_is_put_aside_while_others_pass(counted, settings, caplog):
    caplog.set_level(logging.CRITICAL)
    settings.JOB_MAX_ATTEMPTS = 3
    write("note_then_fail", 1, unique_key="poison")
    for number in (10, 11, 12):
        write("note", number)
        with pytest.raises(ValueError, match="secret"):
            run_pending()
        due_now()
    assert effects() == [10, 11, 12]
    dead = Job.objects.get()
    assert (dead.state, dead.attempts, dead.unique_key) == ("dead", 3, None)
    assert run_pending() == 0


def test_a_job_that_was_put_aside_can_be_tried_again(counted):
    write("note", 5, state="dead", attempts=8, last_error="ValueError")
    assert actions.run_again(Job.objects.all()) == 1
    assert run_pending() == 1
    assert effects() == [5]


def test_an_unknown_task_waits_for_code_that_knows_it(counted):
    write("from_the_future", 1)
    for _ in range(20):
        run_claimed(actions.claim_job("w"))
        due_now()
    job = Job.objects.get()
    assert (job.state, job.attempts) == ("waiting", 0)
    assert "from_the_future" in job.last_error


def test_a_row_cannot_name_a_function_that_is_no_task():
    for name in ("os.system", "jobs.actions.write_once", "jobs.no_such_module.task", "nonsense"):
        Job.objects.create(task=name, args=["true"])
        run_claimed(actions.claim_job("w"))
    assert list(Job.objects.values_list("state", "attempts").distinct()) == [("waiting", 0)]


def test_a_task_that_ends_its_process_is_a_failure(counted):
    registry.register("effects.leave", sys.exit)
    write("leave")
    run_claimed(actions.claim_job("w"))
    assert "SystemExit" in Job.objects.get().last_error
