"""The doctor at servers as people start them: nothing is bad, until something is taken away."""

import json
import signal
import subprocess
import sys

import pytest

from tests.serving import ROOT, RunningServer, environment


@pytest.fixture
def server(tmp_path):
    made = RunningServer(tmp_path)
    made.variables = {"SITE_URL": f"http://127.0.0.1:{made.port}"}
    made.start()
    yield made
    made.stop(signal.SIGKILL)


def doctor(server, **changes) -> tuple[int, dict[str, dict[str, str]]]:
    answer = subprocess.run(
        [sys.executable, "manage.py", "doctor", "--json"],
        cwd=ROOT,
        env=environment(server.data, server.port, **server.variables, **changes),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert answer.stdout, answer.stderr
    return answer.returncode, {check["name"]: check for check in json.loads(answer.stdout)["checks"]}


def test_a_server_as_it_comes_is_well_and_one_that_stopped_is_not(server):
    server.worker()
    code, found = doctor(server)
    assert code == 0, [check for check in found.values() if check["state"] == "bad"]
    for name in ("front", "sockets", "database", "database-settings", "migrations", "workers", "jobs",
                 "pictures", "private-files", "cache"):  # fmt: skip
        assert found[name]["state"] == "good", found[name]
    assert found["mail"]["state"] == "not applicable"

    server.stop()
    code, found = doctor(server)
    assert code == 1
    bad = {name for name, check in found.items() if check["state"] == "bad"}
    assert {"front", "pictures"} <= bad
    assert found["workers"]["state"] in {"bad", "warning"}
    assert all(found[name]["mend"] for name in bad)
