"""The three roles of larger hosts, started as in docs/running.md: each ends what it began, then itself."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.serving import ROOT, RunningServer, children_of, environment, free_port, gone_within

VARIABLES = {
    "SECRET_KEY": "a key for tests, long enough to satisfy every check of fifty",
    "ALLOWED_HOSTS": "127.0.0.1,localhost",
    "SITE_URL": "http://localhost:8000",
    "WEB_CONCURRENCY": "1",
    "LIVE_SOCKETS": "yes",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """A folder with tables and static files, as a deployment leaves it."""
    folder = tmp_path_factory.mktemp("roles")
    for command in (["migrate"], ["collectstatic", "--noinput"]):
        subprocess.run(
            [sys.executable, "manage.py", *command, "-v0"],
            cwd=ROOT,
            env=environment(folder, 8000, **VARIABLES),
            check=True,
            timeout=300,
        )
    return folder


@pytest.fixture(params=["web", "stream"])
def server(request, data) -> Iterator[RunningServer]:
    """One that answers pages."""
    made = RunningServer(data, command=["sh", f"bin/{request.param}"], first_page="/healthz")
    made.variables = {**VARIABLES, "STREAM_PORT": str(made.port)}
    made.start()
    yield made
    made.stop(signal.SIGKILL)


def test_told_to_stop_it_finishes_the_request_in_flight(server):
    with server.connect() as line:
        line.sendall(b"POST /login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhello")
        time.sleep(0.5)
        server.process.terminate()
        time.sleep(0.5)
        line.sendall(b"world")
        answer = b""
        while part := line.recv(65536):
            answer += part
    assert answer.startswith(b"HTTP/1.1 403")  # there was no token in it
    assert answer.rstrip().endswith(b"</html>")
    assert server.process.wait(30) == 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", server.port)) != 0


def test_idle_it_ends_at_once(server):
    family = children_of(server.process.pid)
    began = time.monotonic()
    server.process.terminate()
    assert server.process.wait(30) == 0
    assert time.monotonic() - began < 20
    assert all(gone_within(pid, 5) for pid in family)


def test_streams_of_apps_are_where_connections_stay_open(server):
    answer = server.get("/api/v1/streaming/health")
    here = server.command[-1].endswith("stream")
    assert (answer.status, answer.text if here else "") == ((200, "OK") if here else (501, ""))


@pytest.mark.parametrize("server", ["stream"], indirect=True)
def test_sockets_are_told_to_come_again_before_the_server_ends(server):
    async def listen() -> tuple[int, float]:
        async with connect(f"ws://127.0.0.1:{server.port}/live", origin="http://localhost:8000") as line:
            await line.send(json.dumps({"place": "", "age": 0}))
            assert "ready" in json.loads(await asyncio.wait_for(line.recv(), 20))
            began = time.monotonic()
            server.process.terminate()
            with pytest.raises(ConnectionClosed) as closed:
                await asyncio.wait_for(line.recv(), 20)
            return closed.value.rcvd.code, time.monotonic() - began

    code, seconds = asyncio.run(listen())
    assert code == 1012  # “service restart”
    assert seconds < 15
    assert server.process.wait(30) == 0


def test_a_port_that_is_taken_is_told_so(data):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = subprocess.run(
            ["sh", "bin/stream"],
            cwd=ROOT,
            env=environment(data, free_port(), **VARIABLES, STREAM_PORT=str(taken.getsockname()[1])),
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert refused.returncode == 1
    assert "Cannot listen on 127.0.0.1" in refused.stderr


@pytest.mark.parametrize("with_signal", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_without_work_ends_at_once(data, with_signal):
    worker = subprocess.Popen(
        ["sh", "bin/worker"], cwd=ROOT, env=environment(data, 8000, **VARIABLES), stderr=subprocess.PIPE
    )
    file = data / "worker.sock"
    end = time.monotonic() + 60
    while not file.exists():  # it listens for the bell
        assert worker.poll() is None, worker.stderr.read()
        assert time.monotonic() < end
        time.sleep(0.05)
    worker.send_signal(with_signal)
    assert worker.wait(20) == 0
    os.unlink(file)


@pytest.mark.parametrize("script", ["web", "stream", "worker"])
def test_scripts_are_plain_shell(script):
    assert subprocess.run(["sh", "-n", f"bin/{script}"], cwd=ROOT).returncode == 0
