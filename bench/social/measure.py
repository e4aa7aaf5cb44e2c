"""`bin/bench social`: a network of many people, and what reading, delivering and writing cost in it."""

import argparse
import json
import time
from collections.abc import Callable
from typing import Any

from bench.scratch import databases, scratch

Figures = dict[str, Any]
_GROWTH = (100, 10)  # a hundredth and a tenth of the tweets are measured on the way


def measure(arguments: argparse.Namespace, tell: Callable[[str, Figures], None]) -> Figures:
    """On each database: make it in stages, read after each, deliver and write at the end."""
    found: Figures = {}
    for database in databases():
        with scratch(database) as place:
            place.prepare()
            figures = found[database] = _of(place.run, arguments)
        for name, part in figures.items():
            tell(f"{database}: {name}", part)
    return found


def _of(run: Callable[..., str], arguments: argparse.Namespace) -> Figures:
    total = arguments.tweets
    numbers = (str(arguments.people), str(arguments.follows))
    figures: Figures = {"people": json.loads(run("-m", "twitter_clone.crowd.make", "people", *numbers))}
    written = 0
    for number in [*(total // part for part in _GROWTH), total]:
        began = time.monotonic()
        run("-m", "twitter_clone.crowd.make", "tweets", str(written), str(number), str(total))
        written = number
        figures[f"{number:,} tweets"] = {"seconds": round(time.monotonic() - began, 1)}
        for name, page in json.loads(run("-m", "bench.social.reading")).items():
            figures[f"{number:,} tweets: {name}"] = page
    figures |= _ratios(figures, total)
    for part in ("delivering", "writing"):
        for name, told in json.loads(run("-m", f"bench.social.{part}")).items():
            figures[f"{part}: {name}"] = told if isinstance(told, dict) else {"value": told}
    return figures


def _ratios(figures: Figures, total: int) -> Figures:
    """How much dearer it is with all the tweets than with a hundredth, and further down than on top."""

    def cpu(number: int, name: str) -> float:
        best: float = figures[f"{number:,} tweets: {name}"]["cpu_ms_best"]
        return best

    pages = ("home", "local")
    return {
        "grown": {page: round(cpu(total, page) / cpu(total // _GROWTH[0], page), 2) for page in pages},
        "600 deep": {page: round(cpu(total, f"{page} 600 deep") / cpu(total, page), 2) for page in pages},
    }
