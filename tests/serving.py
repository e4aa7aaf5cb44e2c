"""Real servers for tests: started as people start them, in a data folder of their own."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_START_SECONDS = 180  # a busy machine is no defect; what a start may cost has a test that counts CPU seconds
_KEPT = {"PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV"}


def environment(data: Path, port: int, **variables: str) -> dict[str, str]:
    """What a newcomer's shell holds: nothing of ours but the folder and the port."""
    kept = {name: value for name, value in os.environ.items() if name in _KEPT}
    return {**kept, "DATA_DIR": str(data), "PORT": str(port), **variables}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class RunningServer:
    """One server and what can be asked of it."""

    data: Path
    command: list[str] = field(default_factory=lambda: [sys.executable, "-m", "twitter_clone.serve"])
    variables: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    cwd: Path = ROOT
    first_page: str = "/"  # answered well, it tells that the server is up

    def start(self) -> "RunningServer":
        """Start and wait for the first answer; `seconds_of_work` tells what it took.

        CPU seconds, because the clock on the wall also counts what other tests do meanwhile.
        """
        started = time.monotonic()
        # No pipe: a server that says much would wait for a reader, and all its requests with it.
        self._log = tempfile.TemporaryFile("w+")  # noqa: SIM115  (closed with the last reference)
        self.process = subprocess.Popen(
            self.command,
            cwd=self.cwd,
            env=environment(self.data, self.port, **self.variables),
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        while not self.answers():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() - started < _START_SECONDS, "no answer"
            time.sleep(0.02)
        self.seconds_of_work = cpu_seconds(self.process.pid)
        return self

    def answers(self) -> bool:
        try:
            return self.get(self.first_page).status == 200
        except OSError:
            return False

    def get(self, path: str, **headers: str) -> Answer:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as found:
                return Answer(found.status, dict(found.headers), found.read().decode())
        except urllib.error.HTTPError as error:
            return Answer(error.code, dict(error.headers), error.read().decode())

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def worker(self) -> int:
        """The process id of the worker."""
        end = time.monotonic() + 30
        while not (found := children_of(self.process.pid)):
            assert time.monotonic() < end, "no worker"
            time.sleep(0.02)
        return found[0]

    def stop(self, with_signal: int = signal.SIGTERM) -> str:
        """End it; returns what it had said."""
        if self.process.poll() is None:
            self.process.send_signal(with_signal)
        try:
            self.process.wait(30)
            return self.said()
        finally:
            self.process.kill()

    def said(self) -> str:
        self._log.seek(0)
        return self._log.read()


def cpu_seconds(pid: int) -> float:
    """What a process has worked so far, and its children that are over."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def children_of(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [int(child) for child in (task / "children").read_text().split()]
    return found


def lives(pid: int) -> bool:
    """A zombie is no life."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def gone_within(pid: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while lives(pid):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
