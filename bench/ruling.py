"""What automatic rules cost: a rehearsal on very many tweets, and how soon a live one does what it says."""

import json
from collections.abc import Callable
from typing import Any

from bench.scratch import databases, scratch

Figures = dict[str, Any]
_POSTS = 100


def measure(tweets: int, row: Callable[[str, Figures], None]) -> Figures:
    """On each database; see bench/rules."""
    found: Figures = {"tweets": tweets}
    for database in databases():
        with scratch(database) as place:
            place.run("manage.py", "migrate", "-v0")
            place.run("-m", "bench.crowd", str(tweets), SQLITE_SYNCHRONOUS="NORMAL")
            figures = json.loads(place.run("-m", "bench.rules", str(_POSTS)))
        found[database] = figures
        for name, numbers in figures.items():
            row(f"{database}: {name}", numbers)
    return found
