"""`bin/bench search`: what finding costs among very many tweets, and how soon one is found."""

import argparse
import json
import time
from collections.abc import Callable
from typing import Any

from bench import server
from bench.scratch import Scratch, databases, scratch

Figures = dict[str, Any]
_PEOPLE = 20_000
_POSTS = 30


def measure(arguments: argparse.Namespace, tell: Callable[[str, Figures], None]) -> Figures:
    """On each database: make tweets, index them, ask, and post while the server runs."""
    found: Figures = {}
    for database in databases():
        with scratch(database) as place:
            place.prepare()
            figures = found[database] = _of(place, arguments.tweets)
        for name, part in figures.items():
            tell(f"{database}: {name}", part)
    return found


def _of(place: Scratch, tweets: int) -> Figures:
    place.run("-m", "bench.search.make", str(_PEOPLE), str(tweets), SQLITE_SYNCHRONOUS="NORMAL")
    began = time.monotonic()
    place.run("manage.py", "rebuild_search")
    figures: Figures = {"rebuilding": {"seconds": round(time.monotonic() - began, 1)}}
    place.run("-m", "bench.search.make", "settle")
    figures |= json.loads(place.run("-m", "bench.search.reading"))
    with server.running(place):
        figures["from posting to found"] = json.loads(place.run("-m", "bench.search.delay", str(_POSTS)))
    return figures
