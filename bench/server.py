"""The real server of bin/run: how fast it is there, and how much memory all its processes take together."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from twitter_clone.crowd.scratch import ROOT, Scratch

_PATIENCE_SECONDS = 120
_SETTLE_SECONDS = 8  # until the caches are warm and nothing moves any more


@contextlib.contextmanager
def running(place: Scratch) -> Iterator[tuple[subprocess.Popen[bytes], int, float]]:
    """The server's process, its port, and the seconds from the start to the first page answered with 200."""
    port = _free_port()
    site = f"http://localhost:{port}"
    environment = place.environment | {"PORT": str(port), "HOST": "127.0.0.1", "SITE_URL": site}
    for name in ("SECRET_KEY", "DJANGO_SETTINGS_MODULE", "SINGLE_PROCESS", "PYTHONPATH"):
        environment.pop(name)  # bin/run knows them itself
    began = time.monotonic()
    server = subprocess.Popen(  # noqa: S603  (our own program)
        [str(ROOT / "bin" / "run")], env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _await_page(server, port)
        yield server, port, time.monotonic() - began
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def idle_memory(server: subprocess.Popen[bytes], port: int) -> dict[str, float]:
    """Megabytes of all processes together, after some pages were read and all is quiet again."""
    for _ in range(40):
        _page(port)
    time.sleep(_SETTLE_SECONDS)
    family = _family(server.pid)
    found = {"processes": float(len(family)), "rss_mb": sum(_resident(pid) for pid in family)}
    with contextlib.suppress(OSError):
        found["pss_mb"] = sum(_share(pid) for pid in family)
    return {name: round(value, 1) for name, value in found.items()}


def cpu_seconds(pid: int) -> float:
    """What the process and all its descendants have worked so far. Linux only."""
    fields = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in _family(pid)]
    return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")


def _await_page(server: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError, HTTPException):
            if _page(port) == 200:
                return
        time.sleep(0.02)
    raise RuntimeError("bin/run did not answer with a page.")


def _page(port: int) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _family(pid: int) -> list[int]:
    """The process and all its descendants."""
    listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)  # noqa: S607
    parents = [tuple(map(int, line.split())) for line in listing.stdout.splitlines()]
    family = [pid]
    for member in family:
        family += [child for child, parent in parents if parent == member]
    return family


def _resident(pid: int) -> float:
    size = subprocess.run(  # noqa: S603
        ["ps", "-o", "rss=", "-p", str(pid)],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    return int(size.stdout or 0) / 1024


def _share(pid: int) -> float:
    """Linux alone tells how memory is shared between processes. Raises OSError elsewhere."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
