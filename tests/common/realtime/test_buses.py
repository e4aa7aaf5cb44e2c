"""Pushes between processes: through a socket file, and through a real Redis that is stopped and started."""

import asyncio
import contextlib
import logging
import os
import socket
import stat
import subprocess
import sys
import time

import pytest

from common.realtime import Push
from common.realtime.buses import Nobody, RedisBus, SocketFile, Unreachable
from common.realtime.pushes import from_line, to_line
from tests.common.realtime.loops import push, until
from tests.serving import ROOT

pytestmark = pytest.mark.usefixtures("fresh_bus")

PUSHING = """
import django; django.setup()
from common.realtime import push
for number in range({number}):
    push("local", "new", number, open=True)
"""


@contextlib.asynccontextmanager
async def ear(bus):
    """What is heard on the bus, and each change of whether all is well."""
    heard, states = [], []
    task = asyncio.create_task(bus.listen(heard.append, states.append))
    await until(lambda: states or task.done())
    try:
        yield heard, states
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def carry(bus, pushes):
    with contextlib.closing(bus):
        bus.carry(pushes)


async def in_thread(function, *values):
    return await asyncio.get_running_loop().run_in_executor(None, function, *values)


def another_process(number, **variables):
    """Pushes so often, then ends, as a command does."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "twitter_clone.settings.base", **variables}
    code = PUSHING.format(number=number)
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.fixture
def variables(tmp_path):
    return {"DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3", "REDIS_URL": ""}


@pytest.mark.parametrize(
    "told", [push("local", 2**62), Push(("a", "b"), "new", 0, {"open": True, "by": "x"})]
)
def test_a_push_arrives_as_it_was_sent(told):
    assert from_line(to_line([told])) == [told]


@pytest.mark.parametrize("line", ["", "7", "[[1]]", '[["a","b"]]', '[[["a"],"new","7",{}]]', "[" * 5000, "{"])
def test_what_is_no_push_is_refused(line):
    with pytest.raises(ValueError):
        from_line(line)


# --- The socket file ------------------------------------------------------------------------------


def test_the_file_brings_what_another_process_pushes_before_it_ends(tmp_path, variables):
    async def run():
        async with ear(SocketFile(tmp_path / "live.sock")) as (heard, states):
            assert states == [True]
            await in_thread(lambda: another_process(300, **variables))
            await until(lambda: len(heard) == 300)
            assert heard[7] == Push(("local",), "new", 7, {"open": True})

    asyncio.run(run())


def test_in_the_listening_process_no_way_is_needed(tmp_path):
    async def run():
        bus = SocketFile(tmp_path / "live.sock")
        assert not bus.tell_here(push("local"))
        async with ear(bus) as (heard, _):
            assert await in_thread(bus.tell_here, push("local"))
            await until(lambda: heard == [push("local")])
        assert not bus.tell_here(push("local"))

    asyncio.run(run())


def test_only_this_user_may_push_through_the_file(tmp_path):
    async def run():
        async with ear(SocketFile(tmp_path / "live.sock")):
            assert stat.S_IMODE((tmp_path / "live.sock").stat().st_mode) == 0o600

    asyncio.run(run())


def test_nobody_listening_is_no_trouble(tmp_path):
    with pytest.raises(Nobody):
        SocketFile(tmp_path / "live.sock").carry([push("local")])


def test_a_file_that_a_dead_process_left_is_replaced_and_found_again(tmp_path):
    async def run():
        path = tmp_path / "live.sock"
        writer = SocketFile(path)
        for number in (1, 2):
            async with ear(SocketFile(path)) as (heard, _):
                await in_thread(writer.carry, [push("local", number)])
                await until(lambda: heard)
                assert heard == [push("local", number)]

    asyncio.run(run())


def test_a_second_listener_is_told_that_it_hears_nothing_and_follows_when_the_first_ends(tmp_path):
    async def run():
        path = tmp_path / "live.sock"
        async with contextlib.AsyncExitStack() as stack:
            first = await stack.enter_async_context(ear(SocketFile(path)))
            async with ear(SocketFile(path)) as (heard, states):
                assert states[0] is False
                await in_thread(SocketFile(path).carry, [push("local")])
                await until(lambda: first[0])
                assert heard == []
                await stack.aclose()
                await until(lambda: states[-1])
                await in_thread(SocketFile(path).carry, [push("local", 2)])
                await until(lambda: heard == [push("local", 2)])

    asyncio.run(run())


def test_garbage_on_the_file_harms_nobody(tmp_path):
    async def run():
        async with ear(SocketFile(tmp_path / "live.sock")) as (heard, _):
            for garbage in (b"\xff\xfe\n", b'[["x"]]\n', b"x" * 2_000_000):
                with socket.socket(socket.AF_UNIX) as line, contextlib.suppress(OSError):
                    line.connect(str(tmp_path / "live.sock"))
                    await in_thread(line.sendall, garbage)
            await in_thread(SocketFile(tmp_path / "live.sock").carry, [push("local")])
            await until(lambda: heard == [push("local")])

    asyncio.run(run())


def test_a_folder_with_too_long_a_name_is_told(tmp_path):
    async def run():
        async with ear(SocketFile(tmp_path / ("x" * 120) / "live.sock")) as (_, states):
            assert states[0] is False

    asyncio.run(run())


# --- Redis ----------------------------------------------------------------------------------------


@pytest.fixture
def through_redis(redis, settings):
    settings.REDIS_URL = redis.url
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [{"address": redis.url, "socket_connect_timeout": 2}], "prefix": "live:"},
        }
    }
    return redis


def test_redis_brings_it_to_every_listener(through_redis):
    async def run():
        async with ear(RedisBus()) as (one, _), ear(RedisBus()) as (other, _):
            await in_thread(carry, RedisBus(), [push("local", 1), push("local", 2)])
            await until(lambda: one == other == [push("local", 1), push("local", 2)])

    asyncio.run(run())


def test_another_process_finds_redis_by_its_settings(redis, settings, variables):
    settings.REDIS_URL = redis.url
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [redis.url], "prefix": "live:localhost:8000:"},
        }
    }
    more = {**variables, "REDIS_URL": redis.url, "SITE_URL": "http://localhost:8000"}

    async def run():
        async with ear(RedisBus()) as (heard, _):
            await in_thread(lambda: another_process(300, **more))
            await until(lambda: len(heard) == 300)

    asyncio.run(run())


def test_redis_is_stopped_and_comes_back(through_redis, caplog):
    async def run():
        async with ear(RedisBus()) as (heard, states):
            await until(lambda: states[-1])
            through_redis.stop()
            await until(lambda: not states[-1])
            began = time.monotonic()
            with pytest.raises(Unreachable):
                await in_thread(carry, RedisBus(), [push("local", 1)])
            assert time.monotonic() - began < 5
            through_redis.start()
            await until(lambda: states[-1])
            await in_thread(carry, RedisBus(), [push("local", 2)])
            await until(lambda: heard)
            assert heard == [push("local", 2)]

    with caplog.at_level(logging.CRITICAL, "channels_redis"):
        asyncio.run(run())


def test_before_redis_is_there_nothing_is_promised(through_redis, caplog):
    through_redis.stop()

    async def run():
        async with ear(RedisBus()) as (_, states):
            assert states[0] is False
            through_redis.start()
            await until(lambda: states[-1])

    with caplog.at_level(logging.CRITICAL, "channels_redis"):
        asyncio.run(run())
