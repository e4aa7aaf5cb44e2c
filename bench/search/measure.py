"""`bin/bench search`: what finding costs among very many tweets, and how soon one is found."""

import argparse
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench import server
from bench.scratch import databases, scratch
from twitter_clone.crowd.scratch import Scratch

Figures = dict[str, Any]
_PEOPLE = 20_000
_POSTS = 30


def measure(arguments: argparse.Namespace, tell: Callable[[str, Figures], None]) -> Figures:
    """On each database: make tweets, index them, ask, and post while the server runs."""
    found: Figures = {}
    for database in databases():
        with scratch(database) as place:
            place.prepare()
            found[database] = {}
            for name, part in _of(place, arguments.tweets):
                tell(f"{database}: {name}", part)
                found[database][name] = part
    return found


def _of(place: Scratch, tweets: int) -> Iterator[tuple[str, Figures]]:
    """Part by part, told as soon as it is known: what comes later may take long, or fail."""
    place.run("-m", "bench.search.make", str(_PEOPLE), str(tweets), SQLITE_SYNCHRONOUS="NORMAL")
    began = time.monotonic()
    place.run("manage.py", "rebuild_search")
    yield "rebuilding", {"seconds": round(time.monotonic() - began, 1)}
    place.run("-m", "bench.search.make", "settle")
    yield from json.loads(place.run("-m", "bench.search.reading")).items()
    with server.running(place):
        yield "from posting to found", json.loads(place.run("-m", "bench.search.delay", str(_POSTS)))
