"""A table of effects and real workers for the tests of jobs."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.jobs import effects

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def counted(db) -> Iterator[None]:
    """The table of effects exists and its tasks are known."""
    effects.register()
    with effects.effects_table():
        yield


@pytest.fixture
def start_worker() -> Iterator[Callable[..., subprocess.Popen]]:
    """Starts worker processes on the test's database and ends them with the test."""
    started: list[subprocess.Popen] = []

    def start(**environment: str) -> subprocess.Popen:
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.jobs.worker_process"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
                "WORKER_DATABASE": str(connection.settings_dict["NAME"]),
                "WORKER_DATA_DIR": str(settings.DATA_DIR),
                **environment,
            },
        )
        started.append(worker)
        return worker

    yield start
    for worker in started:
        worker.kill()
        worker.wait()


@pytest.fixture
def eventually() -> Callable[..., None]:
    """Waits for something to become true; fails the test if it never does."""

    def wait(true: Callable[[], bool], *, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, f"not within {seconds} s"
            time.sleep(0.02)

    return wait
