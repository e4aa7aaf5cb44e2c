"""The server of bin/run, real and whole: what it answers, what it bears, and how it ends."""

import contextlib
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.serving import ROOT, RunningServer, children_of, environment, free_port, gone_within, lives


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """One data folder for all servers here; they live one after the other."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def first(data) -> Iterator[RunningServer]:
    """The first start in an empty folder; serves the tests that leave it unharmed."""
    server = RunningServer(data, variables={"PYTHONPATH": str(ROOT / "tests" / "as_installed")}).start()
    yield server
    server.stop()


@pytest.fixture
def start(first, data) -> Iterator[Callable[..., RunningServer]]:
    """Ends the shared server, and starts others on its folder."""
    started = []
    first.stop()

    def again(**variables: str) -> RunningServer:
        started.append(RunningServer(data, variables=variables).start())
        return started[-1]

    yield again
    for server in started:
        server.stop()


def test_the_first_start_answers_within_ten_seconds(first):
    assert first.seconds_of_work < 10
    assert first.get("/healthz").text == "ok\n"
    assert first.get("/readyz").status == 200


def test_static_files_are_hashed_and_kept_for_ever(first):
    found = re.search(r'href="(/static/[^"]+\.css)"', first.get("/").text)
    style = first.get(found[1])
    assert style.status == 200
    assert "immutable" in style.headers["cache-control"]


def test_the_key_is_kept_for_this_user_alone(first, data):
    assert (data / "secret_key").stat().st_mode & 0o777 == 0o600
    assert len((data / "secret_key").read_text()) >= 50
    assert (data / "push_key").stat().st_mode & 0o777 == 0o600
    assert len((data / "push_key").read_text()) == 43


def test_the_worker_keeps_the_clock(first, data):
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with contextlib.closing(sqlite3.connect(f"file:{data}/db.sqlite3?mode=ro", uri=True)) as database:
            clocks = database.execute("SELECT count(*) FROM jobs_clock").fetchone()[0]
            jobs = database.execute("SELECT count(*) FROM jobs_job").fetchone()[0]
        if clocks and not jobs:
            return
        time.sleep(0.1)
    pytest.fail(f"{clocks} clocks, {jobs} jobs not done")


def test_two_processes_in_less_than_250_megabytes(first):
    taken = [resident_megabytes(pid) for pid in (first.process.pid, first.worker())]
    assert sum(taken) < 250, taken


def test_a_stranger_host_is_refused(first):
    assert first.get("/", Host="evil.example").status == 400


@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://localhost.example.org"])
def test_pages_of_other_sites_get_no_socket(first, origin):
    """A cookie comes along with what another site's script opens; its origin gives it away."""
    with pytest.raises(InvalidStatus) as refused:
        connect(f"ws://localhost:{first.port}/live", origin=origin)
    assert refused.value.response.status_code == 403
    with connect(f"ws://localhost:{first.port}/live", origin=f"http://localhost:{first.port}"):
        pass


def test_slow_clients_keep_nobody_waiting(first):
    half = b"POST /login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nhalf"
    lines = [first.connect() for _ in range(150)]
    for number, line in enumerate(lines):
        line.sendall(half if number % 2 else half[:40])
    assert min(seconds_for_a_page(first) for _ in range(3)) < 2
    for line in lines:
        line.close()


@pytest.mark.parametrize("length", ["Content-Length: 99000000", "Transfer-Encoding: chunked"])
def test_a_body_that_is_too_long_gets_a_page_that_says_so(first, length):
    with first.connect() as line:
        line.sendall(f"POST /create/ HTTP/1.1\r\nHost: localhost\r\n{length}\r\n\r\n".encode())
        if "chunked" in length:
            for _ in range(24):
                with contextlib.suppress(ConnectionError):
                    line.sendall(b"100000\r\n" + b"x" * 0x100000 + b"\r\n")
        answer = line.recv(100_000)
        while b"</html>" not in answer:
            answer += line.recv(100_000)
    assert answer.startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize(
    "raw",
    [b"garbage\r\n\r\n", b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n"],
)
def test_garbage_closes_the_line(first, raw):
    with first.connect() as line:
        line.sendall(raw)
        assert line.recv(1000).startswith(b"HTTP/1.1 400")
        assert line.recv(1000) == b""


def test_a_second_server_on_the_same_folder_is_told_so(first, data):
    said = refused_start(data, free_port())
    assert said == (
        f"Another server is using the data folder {data}."
        " Stop it first, or name another folder: DATA_DIR=/some/folder bin/run\n"
    )


def test_with_debug_a_second_server_is_told_so_too(first, data):
    assert refused_start(data, free_port(), DEBUG="yes").startswith("Another server is using the data folder")


def test_a_taken_port_is_told_so(first, tmp_path):
    said = refused_start(tmp_path, first.port)
    assert said.startswith(f"Cannot listen on 127.0.0.1, port {first.port} (Address already in use).")
    assert f"PORT={first.port + 1} bin/run" in said


def test_a_data_folder_that_cannot_be_written_to_is_told_so():
    said = refused_start(Path("/proc/nobody/data"), free_port())
    assert said.startswith("The data folder /proc/nobody/data cannot be written to")
    assert said.count("\n") == 1


# From here on the shared server is gone: each test ends its own.


def test_a_restart_answers_within_three_seconds_with_the_same_key(start, data):
    key = (data / "secret_key").read_text()
    server = start()
    assert server.seconds_of_work < 3
    assert (data / "secret_key").read_text() == key
    said = server.stop()
    assert "is running at http://localhost:" in said
    assert "Made" not in said
    assert "Collected" not in said


def test_told_to_stop_it_finishes_the_request_in_flight(start):
    server = start()
    worker = server.worker()
    line = server.connect()
    line.sendall(b"POST /login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhello")
    time.sleep(0.2)
    server.process.terminate()
    time.sleep(0.5)
    with pytest.raises(ConnectionRefusedError):
        server.connect()
    line.sendall(b"world")
    answer = b""
    while part := line.recv(65536):
        answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 403")  # there was no token in it
    assert f"content-length: {len(body)}".encode() in head
    assert server.process.wait(30) == 0
    assert not lives(worker)


def test_ctrl_c_ends_every_process(start):
    server = start()
    worker = server.worker()
    os.killpg(server.process.pid, signal.SIGINT)  # as the terminal does
    assert server.process.wait(30) == 0
    assert not lives(worker)
    assert "Traceback" not in server.stop()


def test_killed_it_takes_the_worker_along(start):
    server = start()
    worker = server.worker()
    server.process.kill()
    assert gone_within(worker, 15)


def test_a_worker_that_died_is_started_again(start):
    server = start()
    worker = server.worker()
    os.kill(worker, signal.SIGKILL)
    assert gone_within(worker, 10)
    assert server.answers()
    assert server.worker() != worker
    said = server.stop()
    assert "The worker ended (code -9); starting it again" in said


def test_with_debug_it_runs_too_and_ctrl_c_ends_it(start):
    server = start(DEBUG="yes")
    (child,) = children_of(server.process.pid)
    os.killpg(server.process.pid, signal.SIGINT)
    assert server.process.wait(30) == 0
    assert gone_within(child, 15)


def test_no_port_is_left_open(start):
    server = start()
    server.stop()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", server.port)) != 0


def refused_start(data: Path, port: int, **variables: str) -> str:
    """What a server says that cannot start; it exits with 1."""
    finished = subprocess.run(
        [sys.executable, "-m", "twitter_clone.serve"],
        cwd=ROOT,
        env=environment(data, port, **variables),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert finished.returncode == 1
    assert finished.stdout == ""
    return finished.stderr


def seconds_for_a_page(server: RunningServer) -> float:
    started = time.monotonic()
    assert server.get("/").status == 200
    return time.monotonic() - started


def resident_megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024
