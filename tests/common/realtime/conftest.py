"""A real Redis for the tests that want one, in a folder of its own."""

from collections.abc import Iterator

import pytest

from common.realtime import buses
from tests.redis_server import RedisServer, no_redis


@pytest.fixture
def redis(tmp_path) -> Iterator[RedisServer]:
    if no_redis():
        pytest.skip("no redis-server found")
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def fresh_bus() -> Iterator[None]:
    """Whatever the settings of a test choose is made anew, and forgotten afterwards."""
    buses.forget_bus()
    yield
    buses.forget_bus()
