"""The site as people start it, on either database, and what its database holds."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import psycopg
import pytest

from tests.postgres.servers import Server, missing
from tests.postgres.sites import Site

Ask = Callable[[str], list[tuple]]


@pytest.fixture(scope="session", params=["SQLite", "PostgreSQL"])
def site(request, tmp_path_factory) -> Iterator[Site]:
    """Tables and people, alice and bob; nothing runs yet. Tried once on both, beside SQLite's suite."""
    if os.environ.get("TEST_DATABASE_URL") or (request.param == "PostgreSQL" and missing()):
        pytest.skip(missing() or "tried once on both databases")
    folder = tmp_path_factory.mktemp("site")
    server = Server().make() if request.param == "PostgreSQL" else None
    site = Site(
        folder,
        DATABASE_URL=server.url if server else f"sqlite:///{folder / 'db.sqlite3'}",
        SQLITE_SYNCHRONOUS="NORMAL",
    )
    try:
        site.prepare(["alice", "bob"])
        yield site
        site.close()
    finally:
        if server:
            server.remove()


@pytest.fixture
def ask(site) -> Ask:
    """Rows of the site's database, as they are at this moment."""
    url = site.variables["DATABASE_URL"]

    def rows(sql: str) -> list[tuple]:
        if url.startswith("sqlite"):
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=30)) as database:
                return database.execute(sql).fetchall()
        with psycopg.connect(url, autocommit=True) as database:
            return database.execute(sql).fetchall()

    return rows
