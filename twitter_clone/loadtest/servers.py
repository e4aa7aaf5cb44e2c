"""The processes under test, started for it and ended with it: bin/run, or gunicorn, streams and a worker."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO

from twitter_clone.crowd.scratch import ROOT, Scratch

_PATIENCE_SECONDS = 180
_GRACE_SECONDS = 30
_ANSWER_SECONDS = 20


class DidNotStart(Exception):
    """The server under test is not there; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class Tested:
    """What runs: its name for people, its ports, and the processes of each role."""

    name: str
    port: int
    live_port: int  # of what stays open
    metrics_token: str
    roots: dict[str, int]  # role -> the process it began with

    def processes(self) -> dict[str, list[int]]:
        """All living processes of each role, children too. The worker of bin/run is one of its children."""
        children = _children()
        found = {role: _family(pid, children) for role, pid in self.roots.items()}
        if "worker" not in found:
            web, *rest = found["web"]
            found = {"web": [web], "worker": rest}
        return found


@contextlib.contextmanager
def running(place: Scratch, *, kind: str, metrics_token: str) -> Iterator[Tested]:
    """`kind` is “run” or “gunicorn”. Raises DidNotStart."""
    port = live_port = _free_port()
    environment = place.environment | {
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "SITE_URL": f"http://localhost:{port}",
        "METRICS_TOKEN": metrics_token,
        "TRUSTED_PROXIES": "1",
    }
    commands = {"web": [sys.executable, "-m", "twitter_clone.serve"]}
    if kind == "gunicorn":
        live_port = _free_port()
        environment |= {"SINGLE_PROCESS": "no", "LIVE_SOCKETS": "yes", "STREAM_PORT": str(live_port)}
        commands = {
            "web": [str(Path(sys.executable).parent / "gunicorn"), "twitter_clone.wsgi"],
            "stream": [sys.executable, "-m", "twitter_clone.stream"],
            "worker": [sys.executable, "manage.py", "run_worker"],
        }
    with contextlib.ExitStack() as started:
        log = started.enter_context((place.folder / "server.log").open("w+"))
        roots = {
            role: started.enter_context(_process(command, environment, log))
            for role, command in commands.items()
        }
        _await_page(port, roots["web"], log)
        if live_port != port:
            _await_page(live_port, roots["stream"], log)
        pids = {role: process.pid for role, process in roots.items()}
        yield Tested(kind, port, live_port, metrics_token, pids)


@contextlib.contextmanager
def _process(
    command: list[str], environment: dict[str, str], log: IO[str]
) -> Iterator["subprocess.Popen[bytes]"]:
    """In a session of its own, so that Ctrl+C reaches us first and we end it in order."""
    process = subprocess.Popen(  # noqa: S603  (our own program)
        command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _await_page(port: int, server: "subprocess.Popen[bytes]", log: IO[str]) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError, HTTPException):
            if get(port, "/local/")[0] == 200:
                return
        time.sleep(0.05)
    log.seek(0)
    raise DidNotStart(f"The server under test did not start. It said:\n{log.read()[-3000:]}")


def get(port: int, path: str, **headers: str) -> tuple[int, str]:
    """Ask the server under test once; status and text. Raises OSError or HTTPException."""
    connection = HTTPConnection("127.0.0.1", port, timeout=_ANSWER_SECONDS)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{port}", **headers})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _children() -> dict[int, list[int]]:
    """Every process of this machine with its children."""
    listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)  # noqa: S607
    found: dict[int, list[int]] = {}
    for pid, parent in (map(int, line.split()) for line in listing.stdout.splitlines()):
        found.setdefault(parent, []).append(pid)
    return found


def _family(pid: int, children: dict[int, list[int]]) -> list[int]:
    family = [pid]
    for member in family:
        family += children.get(member, [])
    return family
