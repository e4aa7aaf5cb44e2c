"""`manage.py loadtest`, small: a network of its own, a server of its own, and nothing left behind."""

import json
import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from tests.serving import ROOT, environment, free_port, gone_within

pytestmark = pytest.mark.either_database

VARIABLES = {
    "SECRET_KEY": "a key for tests, long enough to satisfy every check of fifty",
    "ALLOWED_HOSTS": "localhost",
}
SMALL = ["--people", "60", "--seconds", "2"]
POSTGRESQL = os.environ.get("TEST_DATABASE_URL", "")


@pytest.fixture
def start(tmp_path):
    """The command in a site's own folder; temporary things go where they are seen."""
    (tmp_path / "tmp").mkdir()
    (tmp_path / "data").mkdir()

    def starting(*arguments, **variables):
        return subprocess.Popen(
            [sys.executable, "manage.py", "loadtest", *arguments],
            cwd=ROOT,
            env=environment(tmp_path / "data", free_port(), **VARIABLES, **variables)
            | {"TMPDIR": str(tmp_path / "tmp")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    return starting


def left_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_it_measures_and_leaves_nothing_but_the_figures(start, tmp_path):
    file = tmp_path / "figures.json"
    running = start(*SMALL, "--p95", "1", "--json", str(file))
    said, _ = running.communicate(timeout=300)

    assert running.returncode == 0, said
    assert "Making 60 people, 1,800 follows and 600 tweets" in said
    assert "Starting bin/run on SQLite" in said
    assert "1,000 active:" in said
    assert "This machine does not carry 1000 active people at p95 under 1 ms." in said
    found = json.loads(file.read_text())
    assert found["sizes"]["rows"]["tweets"] == 600
    (first,) = found["steps"]
    assert first["errors"] == {}
    assert first["open_pages"] == 300
    assert first["requests"] == sum(first["by_deed_count"].values())
    assert first["cores_used"]["web"] >= 0
    assert left_in(tmp_path / "tmp") == []
    assert left_in(tmp_path / "data") == []


def test_ctrl_c_tidies_up(start, tmp_path):
    running = start(*SMALL)
    for line in running.stdout:
        if line.startswith("Starting"):
            break
    await_children(running.pid)
    servers = descendants(running.pid)
    running.send_signal(signal.SIGINT)
    said = running.stdout.read()

    assert running.wait(60) == 130
    assert "Stopped; everything that was made is gone." in said
    assert "Traceback" not in said
    assert servers
    assert all(gone_within(pid, 10) for pid in servers)
    assert left_in(tmp_path / "tmp") == []


@pytest.mark.skipif(not POSTGRESQL, reason="wants a PostgreSQL: TEST_DATABASE_URL")
def test_on_postgresql_a_database_is_made_and_dropped(start, tmp_path):
    file = tmp_path / "figures.json"
    running = start(*SMALL, "--p95", "1", "--json", str(file), DATABASE_URL=POSTGRESQL, WEB_CONCURRENCY="1")
    said, _ = running.communicate(timeout=400)

    assert running.returncode == 0, said
    assert "Starting gunicorn, streams and a worker on PostgreSQL" in said
    assert json.loads(file.read_text())["steps"][0]["open_pages"] == 300
    found = json.loads(file.read_text())
    assert found["database"] == "PostgreSQL"
    assert found["sizes"]["table_bytes"]["tweets_tweet"] > 0
    assert found["steps"][0]["errors"] == {}
    with psycopg.connect(POSTGRESQL) as connection:
        names = [name for (name,) in connection.execute("SELECT datname FROM pg_database")]
    assert not [name for name in names if name.startswith("scratch_")], "dropped"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--people", "3"], "--people is 3; write a number from 50 to 10000000."),
        (["--seconds", "0"], "--seconds is 0; write a number from 2 to 3600."),
        (["--p95", "-5"], "--p95 is -5; write a number from 1 to 60000."),
        (["--server", "gunicorn"], "--server gunicorn is measured on PostgreSQL: set DATABASE_URL to one."),
        (["--json", "/no/such/folder/x.json"], "--json: there is no folder /no/such/folder."),
        (
            ["--compare", "/no/such/file"],
            "--compare: /no/such/file cannot be read (No such file or directory).",
        ),
        (
            ["--compare", "pyproject.toml"],
            "--compare: pyproject.toml is not what --json of an earlier run wrote.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_made(start, arguments, sentence):
    running = start(*arguments)
    said, _ = running.communicate(timeout=60)

    assert running.returncode == 1
    assert sentence in said
    assert "Traceback" not in said


def await_children(pid):
    end = time.monotonic() + 120
    while len(descendants(pid)) < 1:
        assert time.monotonic() < end
        time.sleep(0.1)


def descendants(pid):
    listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True)
    pairs = [tuple(map(int, line.split())) for line in listing.stdout.splitlines()]
    found = [pid]
    for member in found:
        found += [child for child, parent in pairs if parent == member]
    return found[1:]
