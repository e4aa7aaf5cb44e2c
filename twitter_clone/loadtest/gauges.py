"""How busy everything was: CPU of each role, of the database, of the machine; work that waits."""

import contextlib
import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

import psycopg

from twitter_clone.crowd.scratch import Scratch
from twitter_clone.loadtest.servers import Tested, get

_TICKS = os.sysconf("SC_CLK_TCK")
_JOBS = re.compile(r'^twitter_jobs\{queue="\w+",state="due"\} ([\d.e+]+)$', re.M)
_OLDEST = re.compile(r'^twitter_jobs_oldest_seconds\{queue="\w+"\} ([\d.e+]+)$', re.M)


@dataclass(slots=True)
class Busy:
    """Seconds of CPU in one stretch, by whom; `machine` is everybody on it, `clock` the stretch itself."""

    clock: float
    machine: float
    seconds: dict[str, float] = field(default_factory=dict)


class Gauges:
    """Read once before and once after a stretch."""

    def __init__(self, tested: Tested, place: Scratch) -> None:
        self._tested = tested
        self._database = place.environment["DATABASE_URL"] if place.database == "PostgreSQL" else ""
        self._before = self._read()

    def since(self) -> Busy:
        """What was used since the last call, or since the beginning."""
        before, self._before = self._before, self._read()
        used = {
            role: sum(max(spent - before[2].get(role, {}).get(pid, 0.0), 0.0) for pid, spent in its.items())
            for role, its in self._before[2].items()
        }
        return Busy(self._before[0] - before[0], self._before[1] - before[1], used)

    def waiting(self) -> tuple[int, float] | None:
        """Jobs that are due, and how many seconds the oldest has been; None if nobody answers."""
        with contextlib.suppress(OSError, HTTPException):
            token = {"Authorization": f"Bearer {self._tested.metrics_token}"}
            status, text = get(self._tested.port, "/metrics", **token)
            if status == 200:
                jobs = sum(float(found) for found in _JOBS.findall(text))
                return int(jobs), max(map(float, _OLDEST.findall(text)), default=0.0)
        return None

    def memory_mb(self) -> float:
        """Of all processes under test together, as the machine shares it; 0 where it does not tell."""
        return sum(_share(pid) for its in self._tested.processes().values() for pid in its)

    def _read(self) -> tuple[float, float, dict[str, dict[int, float]]]:
        roles: dict[str, Sequence[int]] = {**self._tested.processes(), "tester": [os.getpid()]}
        if self._database:
            roles["database"] = _sessions(self._database)
        spent = {role: {pid: _cpu(pid) for pid in pids} for role, pids in roles.items()}
        return time.perf_counter(), _machine_cpu(), spent


def _sessions(url: str) -> list[int]:
    """Processes of PostgreSQL that serve our database, as far as they are on this machine."""
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return [pid for (pid,) in rows if Path(f"/proc/{pid}").exists()]


def _cpu(pid: int) -> float:
    """Seconds a process has worked; Linux alone tells."""
    try:
        parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(parts[11]) + int(parts[12])) / _TICKS


def _machine_cpu() -> float:
    try:
        words = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    except OSError:
        return 0.0
    user, nice, system, _, _, irq, soft, _ = map(int, words)
    return (user + nice + system + irq + soft) / _TICKS


def _share(pid: int) -> float:
    with contextlib.suppress(OSError, ValueError, StopIteration):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return 0.0
