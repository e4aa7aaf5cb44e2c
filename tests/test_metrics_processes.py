"""Several processes, one answer: what any of them counted is in it, whoever is asked, whoever died."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.serving import ROOT, RunningServer, children_of, environment, gone_within

KEY = "a key for tests, long enough to satisfy every check of fifty"
TOKEN = "a token that nobody guesses"
ROBOTS = 'twitter_requests_total{status="2xx",view="robots"}'


@pytest.fixture
def server(tmp_path):
    variables = {
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
        "METRICS_TOKEN": TOKEN,
        "WEB_CONCURRENCY": "2",
        "WEB_THREADS": "2",
        "DJANGO_SETTINGS_MODULE": "twitter_clone.settings.base",
    }
    migrate = [sys.executable, "manage.py", "migrate", "-v0"]
    assert os.spawnve(os.P_WAIT, sys.executable, migrate, environment(tmp_path, 0, **variables)) == 0
    gunicorn = [str(Path(sys.executable).parent / "gunicorn"), "twitter_clone.wsgi"]
    server = RunningServer(tmp_path, command=gunicorn, variables=variables, cwd=ROOT, first_page="/healthz")
    yield server.start()
    server.stop()


def figures(server) -> dict[str, float]:
    text = server.get("/metrics", Authorization=f"Bearer {TOKEN}").text
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}


def test_processes_are_added_up_and_the_dead_are_not_forgotten(server):
    for _ in range(12):
        server.get("/robots.txt")
    found = figures(server)
    assert found[ROBOTS] == 12
    workers = children_of(server.process.pid)
    folder = next((server.data / "metrics").iterdir())
    asked = {file.stem.rpartition("_")[2] for file in folder.glob("counter_*.db")}
    assert asked <= {str(pid) for pid in workers}

    victim = int(sorted(asked)[0])
    os.kill(victim, signal.SIGKILL)
    assert gone_within(victim, 10)
    await_workers(server, 2)

    assert figures(server)[ROBOTS] == 12
    assert f'pid="{victim}"' not in "".join(figures(server))
    assert not list(folder.glob(f"*_{victim}.db"))
    for _ in range(3):
        server.get("/robots.txt")
    after = figures(server)
    assert after[ROBOTS] == 15
    assert [name for name in after if name.startswith("process_resident_memory_bytes")]


def await_workers(server, number):
    end = time.monotonic() + 20
    while len(children_of(server.process.pid)) < number:
        assert time.monotonic() < end
        time.sleep(0.05)
