"""Brokers for tests: a Redis that the test starts, and a RabbitMQ that is there, in a host of its own."""

import secrets
import shutil
import subprocess
import time
from pathlib import Path
from typing import Protocol

import pytest

from tests.redis_server import RedisServer, no_redis


class Broker(Protocol):
    url: str

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def restart(self) -> None: ...


class Redis(RedisServer):
    """Without files: what it holds is gone when it stops."""

    def restart(self) -> None:
        self.stop()
        time.sleep(1)
        self.start()


class Rabbit:
    """A virtual host. To restart it is to cut all lines to it and to lose what waits."""

    def __init__(self) -> None:
        self.name = f"test-{secrets.token_hex(4)}"
        self.url = f"amqp://guest:guest@127.0.0.1:5672/{self.name}"

    def start(self) -> None:
        _rabbit("add_vhost", self.name)
        _rabbit("set_permissions", "-p", self.name, "guest", ".*", ".*", ".*")

    def stop(self) -> None:
        _rabbit("delete_vhost", self.name)

    def restart(self) -> None:
        self.stop()
        time.sleep(1)
        self.start()


def make(kind: str, folder: Path) -> Broker:
    """Skips the test, with the reason, where there is none."""
    if kind == "redis":
        if no_redis():
            pytest.skip("no redis-server found")
        return Redis(folder)
    if not shutil.which("rabbitmqctl") or not _rabbit_obeys():
        pytest.skip("no RabbitMQ here that obeys rabbitmqctl")
    return Rabbit()


def _rabbit_obeys() -> bool:
    asked = subprocess.run(["rabbitmqctl", "-q", "list_vhosts"], capture_output=True, timeout=60)
    return asked.returncode == 0


def _rabbit(*command: str) -> None:
    subprocess.run(["rabbitmqctl", "-q", *command], capture_output=True, timeout=60, check=True)
