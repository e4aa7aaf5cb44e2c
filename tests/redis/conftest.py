"""The site on several processes with a real Redis: on SQLite, or on the server of TEST_DATABASE_URL."""

import os
import secrets
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.postgres.sites import Site
from tests.redis_server import RedisServer, no_redis

UNCOUNTED = "10.0.0.1"  # whoever a proxy says comes from there may ask without end


@pytest.fixture(scope="session")
def database(tmp_path_factory) -> Iterator[str]:
    """The address of an empty database."""
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        yield f"sqlite:///{tmp_path_factory.mktemp('data')}/db.sqlite3"
        return
    name = f"test_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def redis(tmp_path_factory) -> Iterator[RedisServer]:
    if no_redis():
        pytest.skip("no redis-server is installed (Debian: redis-server)")
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def site(tmp_path_factory, redis, database) -> Iterator[Site]:
    site = Site(
        tmp_path_factory.mktemp("site"),
        DATABASE_URL=database,
        REDIS_URL=redis.url,
        SQLITE_SYNCHRONOUS="NORMAL",
        TRUSTED_PROXIES="1",
        RATE_LIMITS_ALLOW=UNCOUNTED,
    )
    site.prepare(["alice", "bob", "carol", "dora", "eve"])
    yield site
    site.close()


@pytest.fixture(scope="session")
def servers(site):
    """Two processes that make pages, and one that does jobs."""
    site.work()
    return site.serve(), site.serve()
