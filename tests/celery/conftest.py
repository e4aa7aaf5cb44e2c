"""A broker of the test's own, and workers as people start them, on the test's database."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from common.sending import Sender
from events import bus
from jobs import messages
from jobs.models import Job
from tests.celery.brokers import Broker, make
from tests.celery.plans import PLANS
from tests.jobs.effects import effects_table, register
from tests.serving import ROOT


@pytest.fixture(params=["redis"])
def broker(request, tmp_path, settings, monkeypatch) -> Iterator[Broker]:
    """One that this process sends to; tests may ask for "rabbit" instead."""
    made = make(request.param, tmp_path)
    made.start()
    settings.CELERY_BROKER_URL = made.url
    monkeypatch.setattr(messages, "app", messages.make_app())
    monkeypatch.setattr(messages, "_sender", Sender(messages.Broker, "Messages to workers"))
    yield made
    made.stop()


@pytest.fixture
def counted(db) -> Iterator[None]:
    """The table of effects exists, its tasks are known, and each tweet has one effect."""
    before = dict(bus._plans)
    register()
    bus.connect(PLANS)
    with effects_table():
        yield
    bus.connect(before)


@pytest.fixture
def start_worker(broker) -> Iterator[Callable[..., subprocess.Popen]]:
    """Starts workers with this broker and ends them with the test."""
    started: list[subprocess.Popen] = []

    def start(*options: str, **environment: str) -> subprocess.Popen:
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "run_worker", "--with-parent", *options],
            cwd=ROOT,
            stdin=subprocess.PIPE,  # it ends with us, however we end
            process_group=0,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.celery.settings",
                "WORKER_BROKER": broker.url,
                "WORKER_DATABASE": str(connection.settings_dict["NAME"]),
                "WORKER_DATA_DIR": str(django_settings.DATA_DIR),
                **environment,
            },
        )
        started.append(worker)
        return worker

    yield start
    for worker in started:
        family = family_of(worker.pid) if worker.poll() is None else []
        for pid in [*family, worker.pid]:
            with_kill(pid)
        worker.wait()


@pytest.fixture
def eventually() -> Callable[..., None]:
    """Waits for something to become true; fails the test if it never does."""

    def wait(true: Callable[[], bool], *, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, f"not within {seconds} s; {list(Job.objects.values())[:3]}"
            time.sleep(0.02)

    return wait


def family_of(pid: int) -> list[int]:
    """All processes below this one."""
    found = [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]
    return [*found, *(below for child in found for below in family_of(child))]


def with_kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
