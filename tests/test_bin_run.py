"""bin/run, from anywhere, and the commands beside it; gunicorn with a worker, as larger hosts run it."""

import json
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.serving import ROOT, RunningServer, environment, free_port


@pytest.fixture(scope="module")
def used(tmp_path_factory) -> Path:
    """A data folder in which bin/run has served, from another folder and by a relative name."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    server = RunningServer(
        Path("my data"), command=[str(ROOT / "bin" / "run")], cwd=elsewhere, variables={"SITE_NAME": "Chirp"}
    ).start()
    assert "Chirp" in server.get("/").text
    said = server.stop()
    assert "Chirp is running at http://localhost:" in said
    return elsewhere / "my data"


def manage(data: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**environment(data, 0, **variables), "PORT": ""},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_relative_folders_are_meant_from_where_the_command_was_given(used):
    assert {"db.sqlite3", "secret_key", "static"} <= {path.name for path in used.iterdir()}


def test_commands_beside_the_server_need_no_configuration(used):
    made = manage(
        used, "create_user", "alice", "--email", "alice@example.org", "--password", "correct horse 1"
    )
    assert made.returncode == 0, made.stderr
    assert (used / "server.lock").read_text() in {
        f"http://{host}" for host in re.findall(r"localhost:\d+", made.stdout)
    }
    with closing(sqlite3.connect(used / "db.sqlite3")) as database:
        assert database.execute("SELECT username FROM accounts_user").fetchall() == [("alice",)]


def test_commands_without_any_server_say_what_is_missing(tmp_path):
    refused = manage(tmp_path, "check")
    assert refused.returncode != 0
    assert refused.stderr.startswith("SECRET_KEY is missing")
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "variables",
    [
        {"DATABASE_URL": "nonsense://alice:hush@x"},
        {"DATABASE_URL": "mysql://alice:hush@x/y"},
        {"LOG_LEVEL": "LOUD"},
        {"SITE_URL": "http://ex.org:abc"},
        {"SITE_URL": "http://[ex.org"},
    ],
)
def test_nonsense_stops_server_and_commands_with_one_line_and_makes_no_tables(tmp_path, variables):
    key = {"SECRET_KEY": "a key for tests, long enough to satisfy every check of fifty"}
    served = subprocess.run(
        [sys.executable, "-m", "twitter_clone.serve"],
        cwd=ROOT,
        env=environment(tmp_path, free_port(), **variables),
        capture_output=True,
        text=True,
        timeout=60,
    )
    (name,) = variables
    for said in (served, manage(tmp_path, "migrate", **variables, **key)):
        assert said.returncode == 1
        assert said.stderr.startswith(name)
        assert said.stderr.count("\n") == 1
        assert "hush" not in said.stderr
    assert not (tmp_path / "db.sqlite3").exists()


@pytest.mark.parametrize(("host", "expected"), [("", True), ("mail.example.org", False)])
def test_a_public_server_without_mail_says_that_nobody_can_join(used, host, expected):
    server = RunningServer(
        used,
        variables={
            "SITE_URL": "http://chirp.example",
            "PLAIN_HTTP": "yes",
            "ALLOWED_HOSTS": "127.0.0.1",
            **({"EMAIL_HOST": host} if host else {}),
        },
    ).start()
    assert ("Nobody can join until EMAIL_HOST is set" in server.stop()) is expected


def test_the_worker_runs_alone_and_returns_when_nothing_is_due(used):
    finished = manage(used, "run_worker", "--until-empty")
    assert finished.returncode == 0
    assert {json.loads(line)["message"] for line in finished.stderr.splitlines()} <= {"Job done."}
    with closing(sqlite3.connect(used / "db.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM jobs_job").fetchone() == (0,)
        assert database.execute("SELECT count(*) FROM jobs_clock").fetchone()[0] > 0


def test_gunicorn_serves_the_same_site(used):
    gunicorn = RunningServer(
        used,
        command=[str(Path(sys.executable).parent / "gunicorn"), "twitter_clone.wsgi"],
        variables={
            "SECRET_KEY": "a key for tests, long enough to satisfy every check of fifty",
            "ALLOWED_HOSTS": "127.0.0.1",
            "WEB_CONCURRENCY": "1",
            "SITE_URL": "http://localhost:8000",
        },
    ).start()
    assert gunicorn.get("/readyz").status == 200
    assert gunicorn.get("/").status == 200
    started = time.monotonic()
    gunicorn.stop()
    assert time.monotonic() - started < 20


def test_an_option_nobody_knows_is_refused(tmp_path):
    refused = subprocess.run(
        ["sh", "bin/run", "--dmeo"],
        cwd=ROOT,
        env=environment(tmp_path, free_port()),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert refused.returncode == 2
    assert "usage: bin/run [-h] [--demo]" in refused.stderr


@pytest.mark.parametrize("script", ["run", "dev"])
def test_scripts_are_plain_shell(script):
    assert subprocess.run(["sh", "-n", f"bin/{script}"], cwd=ROOT).returncode == 0
