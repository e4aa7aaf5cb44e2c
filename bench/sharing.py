"""The same pages alone, with a table that processes share, and with Redis; and what counting costs."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.rounds import IN_ALL
from twitter_clone.crowd.scratch import Scratch

_PATIENCE_SECONDS = 20
_PAGES = ("home=/", "visitor feed=/", "kept visitor feed=/")


def measure(place: Scratch, row: Callable[[str, dict[str, Any]], None]) -> dict[str, Any]:
    """Needs tables and tweets; and redis-server, or what needs it is left out."""
    found: dict[str, Any] = {}
    ways: dict[str, dict[str, str]] = {"alone": {"SINGLE_PROCESS": "yes"}, "table": {"SINGLE_PROCESS": "no"}}
    for name, variables in ways.items():
        found[name] = _measured(place, variables)
    if shutil.which("redis-server"):
        with _redis(place.folder) as (process, url):
            cpu = _cpu_seconds(process.pid)
            found["redis"] = _measured(place, {"SINGLE_PROCESS": "no", "REDIS_URL": url})
            asked = IN_ALL * len(_PAGES)
            cost = (_cpu_seconds(process.pid) - cpu) * 1000 / asked
            found["redis"]["Redis itself"] = {"cpu_ms": round(cost, 3)}
    for way, figures in found.items():
        for name, figure in figures.items():
            row(f"{place.database}, {way}: {name}", figure)
    return found


def count(place: Scratch, row: Callable[[str, dict[str, Any]], None]) -> dict[str, Any]:
    """What one question of a pace costs, wherever it is counted. Needs tables; for Redis, redis-server."""
    ways = {"memory": {"SINGLE_PROCESS": "yes"}, "table": {"SINGLE_PROCESS": "no"}}
    found = {name: _counted(place, variables) for name, variables in ways.items()}
    if shutil.which("redis-server"):
        with _redis(place.folder) as (_, url):
            found["Redis"] = _counted(place, {"SINGLE_PROCESS": "no", "REDIS_URL": url})
    for way, figures in found.items():
        for name, figure in figures.items():
            row(f"{place.database}, {way}: {name}", figure)
    return found


def _counted(place: Scratch, variables: dict[str, str]) -> dict[str, Any]:
    counted: dict[str, Any] = json.loads(place.run("-m", "bench.rates", **{**variables, "RATE_LIMITS": "on"}))
    return counted


def _measured(place: Scratch, variables: dict[str, str]) -> dict[str, Any]:
    variables = {"RATE_LIMITS": "on", **variables}
    pages: dict[str, Any] = json.loads(place.run("-m", "bench.pages", *_PAGES, **variables))
    return {**pages, **_counted(place, variables)}


@contextlib.contextmanager
def _redis(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A server of our own, which keeps nothing."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)  # noqa: S603  (no word of others)
    try:
        end = time.monotonic() + _PATIENCE_SECONDS
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            if time.monotonic() > end:
                raise RuntimeError("redis-server did not answer.")
            time.sleep(0.05)
        yield process, f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait()


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
