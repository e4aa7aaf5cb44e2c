"""`bin/bench live`: what an open page costs the server of bin/run, and how soon the last of them hears."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from bench import server
from twitter_clone.crowd.scratch import ROOT, Scratch

Figures = dict[str, Any]
_POSTS = 100


def measure(place: Scratch, sockets: int, row: Callable[[str, Figures], None]) -> Figures:
    """Visitors on Local, then members at home. The sockets come from addresses 127.0.0.1, 127.0.0.2 … of
    this machine, which Linux has without being asked.
    """
    found: Figures = {}
    for kind in ("visitors", "members"):
        found[kind] = _with(place, sockets, kind)
        row(f"{place.database}: {kind}", found[kind])
    return found


def _with(place: Scratch, sockets: int, kind: str) -> Figures:
    place.run("manage.py", "flush", "--noinput", "-v0")
    with server.running(place) as (process, port, _):
        before = server.idle_memory(process, port)
        key = (place.folder / "secret_key").read_text()  # bin/run made one of its own
        command = [sys.executable, "-m", "bench.listeners", str(port), str(sockets), kind, str(_POSTS)]
        listeners = subprocess.Popen(  # noqa: S603  (our own program)
            command,
            cwd=ROOT,
            env=place.environment | {"SECRET_KEY": key},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        opened = _line(listeners)
        during = server.idle_memory(process, port)
        worked = server.cpu_seconds(process.pid)
        _nod(listeners)
        told = _line(listeners)
        worked = server.cpu_seconds(process.pid) - worked
        listeners.wait(60)
    grown = during["rss_mb"] - before["rss_mb"]
    return {
        **opened,
        "kb_each": round(grown * 1024 / opened["open"], 1),
        **told,
        "server_cpu_ms_each_post": round(worked * 1000 / told["posts"], 1),
    }


def _nod(process: "subprocess.Popen[str]") -> None:
    if process.stdin:
        process.stdin.write("\n")
        process.stdin.flush()


def _line(process: "subprocess.Popen[str]") -> Figures:
    """The next thing it says. Raises RuntimeError where it says nothing any more."""
    said = process.stdout.readline() if process.stdout else ""
    if not said:
        raise RuntimeError("The listeners failed; the reason stands above.")
    found: Figures = json.loads(said)
    return found
