"""Server-sent events through a real server: what arrives, who leaves, who does not read."""

import asyncio
import contextlib
import socket

import uvicorn

from common.realtime.sse import Lines, serve_events, to_event
from common.realtime.subscription import Ended
from tests.common.realtime.loops import Quiet, hub_on, push, until
from twitter_clone.connections import PatientProtocol

REQUEST = b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n"


class Events:
    """A door of events; `filler` makes them long."""

    def __init__(self, filler=""):
        self.filler = filler

    def draw(self, stream, pushes, publics):
        events = [to_event(told.kind, f'{{"id":"{told.id}"}}{self.filler}') for told in pushes]
        return dict.fromkeys(publics, events)


@contextlib.asynccontextmanager
async def serving(bus, door, **how):
    """A real uvicorn with one hub; gives its port, the hub, and all subscriptions."""
    subscriptions = []
    async with hub_on(bus) as hub:

        async def application(scope, receive, send):
            subscriptions.append(hub.subscribe(door, "all", ["local"], most=16))
            await serve_events(subscriptions[-1], receive, send, **how)

        listener = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(
            application, http=PatientProtocol, ws="none", lifespan="off", log_config=None, interface="asgi3"
        )
        server = uvicorn.Server(config)
        server.capture_signals = contextlib.nullcontext
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield listener.getsockname()[1], hub, subscriptions
        finally:
            hub.stop()
            server.should_exit = True
            await asyncio.wait_for(task, 20)


@contextlib.asynccontextmanager
async def client(port, limit=2**16):
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=limit)
    writer.write(REQUEST)
    try:
        yield reader, writer
    finally:
        writer.close()


async def read_until(reader, end):
    async with asyncio.timeout(20):
        return await reader.readuntil(end)


def test_events_arrive_as_they_happen_and_say_how_they_are_to_be_kept():
    async def run():
        bus = Quiet()
        async with serving(bus, Events()) as (port, _, _), client(port) as (reader, _):
            head = (await read_until(reader, b"\r\n\r\n")).lower()
            assert head.startswith(b"http/1.1 200")
            assert b"content-type: text/event-stream\r\n" in head
            assert b"cache-control: private, no-store\r\n" in head
            await read_until(reader, b":\n\n")
            bus.hear(push("local", 7, "update"))
            assert (await read_until(reader, b"}\n\n")).endswith(b'event: update\ndata: {"id":"7"}\n\n')

    asyncio.run(run())


def test_a_line_on_which_nothing_happens_is_kept_alive():
    async def run():
        async with (
            serving(Quiet(), Events(), heartbeat_seconds=0.05) as (port, _, _),
            client(port) as (reader, _),
        ):
            for _ in range(4):
                await read_until(reader, b":\n\n")

    asyncio.run(run())


def test_open_lines_are_counted_and_take_no_room_from_pages(monkeypatch):
    monkeypatch.setattr("twitter_clone.connections._MOST_CONNECTIONS", 1)

    async def run():
        before = Lines.open
        async with serving(Quiet(), Events()) as (port, _, _), contextlib.AsyncExitStack() as lines:
            for number in range(1, 4):
                reader, _ = await lines.enter_async_context(client(port))
                assert (await read_until(reader, b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
                assert Lines.open == before + number
        await until(lambda: Lines.open == before)

    asyncio.run(run())


def test_who_leaves_is_forgotten():
    async def run():
        async with serving(Quiet(), Events()) as (port, hub, subscriptions):
            async with client(port) as (reader, _):
                await read_until(reader, b":\n\n")
                assert len(hub._subscriptions) == 1
            await until(lambda: not hub._subscriptions)
            assert subscriptions[0].ended is Ended.LEFT

    asyncio.run(run())


def test_at_the_end_of_the_server_the_answer_ends_properly():
    async def run():
        async with serving(Quiet(), Events()) as (port, hub, _), client(port) as (reader, _):
            await read_until(reader, b":\n\n")
            hub.stop()
            await read_until(reader, b"\r\n0\r\n\r\n")

    asyncio.run(run())


def test_who_reads_nothing_is_dropped_and_the_others_go_on():
    async def run():
        bus = Quiet()
        async with (
            serving(bus, Events("x" * 100_000)) as (port, hub, subscriptions),
            client(port, limit=1024) as (lazy, _),
            client(port, limit=2**20) as (keen, _),
        ):
            await read_until(lazy, b":\n\n")
            await read_until(keen, b":\n\n")
            number = 0
            while not subscriptions[0].ended:
                number += 1
                bus.hear(push("local", number))
                await read_until(keen, b"x\n\n")
                assert number < 1000, "nothing is ever dropped"
            assert subscriptions[0].ended is Ended.SLOW
            assert subscriptions[1].ended is None
            assert len(hub._subscriptions) == 1

    asyncio.run(run())
