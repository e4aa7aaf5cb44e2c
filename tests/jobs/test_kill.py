"""The promise of the outbox: kill the worker whenever you like, every effect comes exactly once."""

import threading
import time

import pytest
from django.db import connection, transaction

from jobs.actions import write_jobs
from jobs.models import Job
from tests.jobs.effects import effects

WRITERS = 4
EACH = 75
KILLS = 5


@pytest.mark.django_db(transaction=True)
def test_three_hundred_deeds_survive_five_kills(counted, start_worker, eventually):
    writers = [threading.Thread(target=write_many, args=(start,)) for start in range(WRITERS)]
    worker = start_worker()
    for writer in writers:
        writer.start()
    for kill in range(KILLS):
        eventually(lambda wanted=(kill + 1) * 25: len(effects()) >= wanted)
        worker.kill()
        worker.wait()
        worker = start_worker()
    for writer in writers:
        writer.join()
    eventually(lambda: not Job.objects.exists(), seconds=20)
    assert effects() == list(range(WRITERS * EACH))


def write_many(start: int) -> None:
    """Each deed promises one effect, in one transaction."""
    try:
        for number in range(start, WRITERS * EACH, WRITERS):
            with transaction.atomic():
                write_jobs([Job(task="effects.note", args=[number])])
            time.sleep(0.01)
    finally:
        connection.close()
