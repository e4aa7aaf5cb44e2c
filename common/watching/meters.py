"""What is counted all the time, for /metrics: requests, queries, jobs, open connections.

Every meter has labels, so that a command that measures nothing leaves no file behind. The processes of one
machine write into files of one folder (METRICS_DIR), and whichever is asked adds them all up.
"""

import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from prometheus_client import Counter, Gauge, Histogram

from common.watching.tally import Tally

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
_KINDS = ("0xx", "1xx", "2xx", "3xx", "4xx", "5xx")

if settings.METRICS_DIR:
    Path(settings.METRICS_DIR).mkdir(parents=True, exist_ok=True)

_requests = Counter("twitter_requests", "Requests answered.", ["view", "status"])
_request_seconds = Histogram(
    "twitter_request_seconds", "From a request to its answer.", ["view"], buckets=_BUCKETS
)
_queries = Counter("twitter_queries", "Queries that requests asked of databases.", ["view"])
_query_seconds = Counter("twitter_query_seconds", "Time until databases answered them.", ["view"])
_jobs = Counter(
    "twitter_jobs_tried", "Jobs that a worker had in hand, by how it ended.", ["queue", "outcome"]
)
_job_seconds = Histogram("twitter_job_seconds", "What one try of a job took.", ["queue"], buckets=_BUCKETS)
_connections = Gauge(
    "twitter_live_connections", "Open live connections.", ["door"], multiprocess_mode="livesum"
)
_processes = Gauge(
    "twitter_process",
    "What a process is; its value tells it from a later one of the same number.",
    ["role"],
    multiprocess_mode="liveall",
)

_noted: set[int] = set()  # processes that have said what they are; a fork says it again


def count_request(view: str, status: int, seconds: float, tally: Tally) -> None:
    """One request was answered."""
    _note_process()
    _of(_requests, view, _KINDS[status // 100] if status < 600 else "5xx").inc()
    _of(_request_seconds, view).observe(seconds)
    if tally.queries:
        _of(_queries, view).inc(tally.queries)
        _of(_query_seconds, view).inc(tally.query_seconds)


def count_job(queue: str, outcome: str, seconds: float) -> None:
    """One try of a job is over."""
    if settings.METRICS_ON:
        _note_process()
        _of(_jobs, queue, outcome).inc()
        _of(_job_seconds, queue).observe(seconds)


def count_connection(door: str, change: int) -> None:
    """A live connection of that door was opened (1) or has ended (-1)."""
    if settings.METRICS_ON:
        _note_process()
        _connections.labels(door).inc(change)


def start_of(pid: int) -> float:
    """When a process began, in ticks since the machine did; Linux alone tells, elsewhere it is 0."""
    try:
        return float(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return 0.0


@cache
def _of(meter: Any, *labels: str) -> Any:
    """The one with these labels; the library takes longer to find it than to count."""
    return meter.labels(*labels)


def _note_process() -> None:
    pid = os.getpid()
    if pid not in _noted:
        _noted.add(pid)
        _processes.labels(_role()).set(start_of(pid))


_ROLES = {"serve.py": "web", "gunicorn": "web", "stream.py": "stream", "uvicorn": "stream"}


def _role() -> str:
    """The subcommand of manage.py, else the program."""
    program = Path(sys.argv[0]).name
    if program == "manage.py" and len(sys.argv) > 1:
        return sys.argv[1].removeprefix("run_")
    return _ROLES.get(program, program or "python")
