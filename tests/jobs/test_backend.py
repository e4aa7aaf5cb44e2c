"""Django's Tasks API on our table."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from jobs.engines.embedded import run_pending
from jobs.models import Job
from jobs.registry import outside_transaction

pytestmark = pytest.mark.django_db
seen = []


@task
def remember(number, word=""):
    seen.append((number, word))


@task(queue_name="media")
@outside_transaction
def remember_outside(number):
    seen.append((number, transaction.get_connection().in_atomic_block))


@pytest.fixture(autouse=True)
def _tests_hold_tasks(settings):
    seen.clear()
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "tests"]


def test_enqueue_writes_a_row_and_the_worker_calls_the_function():
    result = remember.enqueue(2**62, word="hello")
    job = Job.objects.get()
    assert (job.task, job.queue, str(job.pk)) == (f"{__name__}.remember", "default", result.id)
    assert run_pending() == 1
    assert seen == [(2**62, "hello")]


def test_what_is_rolled_back_was_never_enqueued():
    with transaction.atomic():
        remember.enqueue(1)
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_a_task_can_wait_for_its_time():
    remember.using(run_after=timezone.now() + timedelta(hours=1)).enqueue(1)
    assert run_pending() == 0
    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_task_can_run_outside_a_transaction():
    remember_outside.enqueue(1)
    assert Job.objects.get().queue == "media"
    run_pending()
    assert seen == [(1, False)]
    assert not Job.objects.exists()
