"""Hubs in loops of their own, and doors that draw what a test can read."""

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Callable

from common.realtime import Push
from common.realtime.hub import Hub
from common.realtime.subscription import Subscription

_PATIENCE_SECONDS = 20  # a busy machine is no defect


class Quiet:
    """A bus on which a test says what is heard, and whether all is well."""

    def __init__(self, is_well: bool = True) -> None:
        self.is_well = is_well

    async def listen(self, hear, well):
        self.hear, self.well = hear, well
        if self.is_well:
            well(True)
        await asyncio.Event().wait()


class Telling:
    """Draws “stream kind id for public”, and notes how often and for how many it was asked.

    `refused` publics get nothing; drawing waits for `gate`.
    """

    def __init__(self, refused=()):
        self.refused = set(refused)
        self.asked = []
        self.gate = threading.Event()
        self.gate.set()

    def draw(self, stream, pushes, publics):
        self.gate.wait(_PATIENCE_SECONDS)
        self.asked.append((stream, [push.id for push in pushes], list(publics)))
        return {
            public: [f"{stream} {push.kind} {push.id} for {public}" for push in pushes]
            for public in publics
            if public not in self.refused
        }


@contextlib.asynccontextmanager
async def hub_on(bus) -> AsyncIterator[Hub]:
    hub = Hub(threads=2)
    hub.start(bus)
    await asyncio.sleep(0)
    try:
        yield hub
    finally:
        hub.stop()
        await asyncio.sleep(0)


async def taken(subscription: Subscription, number: int = 1) -> list:
    """The next so many messages."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        return [await anext(subscription) for _ in range(number)]


async def until(happens: Callable[[], object]) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while not happens():
        assert time.monotonic() < end, "it never happens"
        await asyncio.sleep(0.01)


def push(stream: str, an_id: int = 1, kind: str = "new") -> Push:
    return Push((stream,), kind, an_id, {})
