"""The places where bin/bench measures: SQLite always, PostgreSQL when a variable says where one is."""

import os
from contextlib import AbstractContextManager

from twitter_clone.crowd import scratch as places
from twitter_clone.crowd.scratch import Scratch


def databases() -> list[str]:
    """Which ones, by the names people know them by."""
    return ["SQLite", "PostgreSQL"] if _server() else ["SQLite"]


def scratch(database: str = "SQLite") -> AbstractContextManager[Scratch]:
    """An empty data folder and database for a while."""
    return places.scratch(database, _server())


def _server() -> str:
    return os.environ.get("BENCH_DATABASE_URL") or os.environ.get("TEST_DATABASE_URL") or ""
