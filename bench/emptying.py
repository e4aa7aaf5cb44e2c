"""What workers bear, and how it grows with their number; a Redis of its own carries Celery's messages."""

import contextlib
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.scratch import databases, scratch

Figures = dict[str, Any]

_TWEETS, _FOLLOWERS = 500, 50
_ENGINES = (("table", 1), ("table", 2), ("celery", 1), ("celery", 2))


def measure(row: Callable[[str, Figures], None]) -> Figures:
    """On the last database only: SQLite has one writer at a time, whatever the number of workers."""
    found: Figures = {"tweets": _TWEETS, "followers": _FOLLOWERS}
    database = databases()[-1]
    for engine, hands in _ENGINES:
        if engine == "celery" and not shutil.which("redis-server"):
            row("celery", {"left out": "no redis-server found"})
            break
        with scratch(database) as place, _broker(engine, place.folder) as url:
            place.run("manage.py", "migrate", "-v0")
            wanted = [engine, str(hands), str(_TWEETS), str(_FOLLOWERS)]
            figures = json.loads(place.run("-m", "bench.jobs", *wanted, CELERY_BROKER_URL=url))
        found[f"{database}: {engine} {hands}"] = figures
        row(f"{database}: {engine}, {hands} at once", figures)
    return found


@contextlib.contextmanager
def _broker(engine: str, folder: Path) -> Iterator[str]:
    if engine == "table":
        yield ""
        return
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],  # noqa: S607
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    try:
        _await(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


def _await(port: int) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.05)
    raise RuntimeError("Redis does not answer.")
