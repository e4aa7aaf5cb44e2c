"""Two ways for a push to reach the processes that keep connections open: a socket file, or Redis.

The file serves the processes of one machine, with one listener; Redis serves any number of both. Every
listener hears every push, and looks up in its own memory who waits for it: a list of who listens to what
would have to change with every page that somebody opens, and pushes are fewer than pages.
"""

import asyncio
import contextlib
import os
import secrets
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from channels.layers import get_channel_layer
from django.conf import settings

from common.realtime.pushes import Push, from_line, to_line
from common.redis_line import trouble
from common.sending import Nobody, Unreachable
from common.unix_names import short_name

Hear = Callable[[Push], None]
Well = Callable[[bool], None]

_FILE = "live.sock"
_LONGEST_LINE = 1024 * 1024  # bytes
_GROUP = "live"
_PATIENCE_SECONDS = 2.0  # for one batch on its way out
_PULSE = "pulse"
_PULSE_SECONDS = 2.0
_DEAF_SECONDS = 6.0  # without hearing our own pulse
_RETRY_SECONDS = 1.0


class Bus(Protocol):
    """What both ways can do."""

    def tell_here(self, push: Push) -> bool:
        """Whether this process alone listens, and has been told."""

    def carry(self, pushes: Sequence[Push]) -> None:
        """Bring pushes to all listeners; may take a moment. Raises Nobody or Unreachable."""

    def close(self) -> None:
        """Nothing more is to be carried; called in the thread that carried."""

    async def listen(self, hear: Hear, well: Well) -> None:
        """Hear every push until cancelled. `well` is told whether they arrive, at first and on changes."""


_bus: "Bus | None" = None
_inherited: "list[Bus | None]" = []  # kept, because closing them would disturb the parent


def the_bus() -> Bus:
    """The way that the settings choose; one for the whole process."""
    global _bus
    if _bus is None:
        _bus = RedisBus() if settings.REDIS_URL else SocketFile(Path(settings.DATA_DIR) / _FILE)
    return _bus


def forget_bus() -> None:
    """The next one is made anew: after a fork, whose child must not write on its parent's line."""
    global _bus
    _inherited.append(_bus)
    _bus = None


os.register_at_fork(after_in_child=forget_bus)


class SocketFile:
    """The file lies in the data folder. A second listener finds it taken, and hears nothing."""

    def __init__(self, path: Path) -> None:
        self._path = short_name(path)
        self._line: socket.socket | None = None
        self._here: tuple[asyncio.AbstractEventLoop, Hear] | None = None

    def tell_here(self, push: Push) -> bool:
        if self._here is None:
            return False
        loop, hear = self._here
        try:
            loop.call_soon_threadsafe(hear, push)
        except RuntimeError:  # the loop has ended
            return False
        return True

    def carry(self, pushes: Sequence[Push]) -> None:
        lines = "".join(f"{to_line([push])}\n" for push in pushes).encode()
        for attempt in (1, 2):  # the first may find the line of a listener that is gone
            try:
                self._open_line().sendall(lines)
            except TimeoutError as error:
                self.close()
                raise Unreachable("the listener takes nothing") from error
            except OSError as error:
                self.close()
                if attempt == 2:
                    raise Nobody from error
            else:
                return

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    async def listen(self, hear: Hear, well: Well) -> None:
        while (ear := self._open_ear()) is None:
            well(False)
            await asyncio.sleep(_RETRY_SECONDS)

        lines: set[asyncio.StreamWriter] = set()

        async def read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            lines.add(writer)
            with contextlib.suppress(ValueError, OSError), contextlib.closing(writer):
                async for line in reader:
                    for push in from_line(line):
                        hear(push)
            lines.discard(writer)

        server = await asyncio.start_unix_server(read, sock=ear, limit=_LONGEST_LINE)
        self._here = (asyncio.get_running_loop(), hear)
        well(True)
        try:
            await server.serve_forever()
        finally:
            self._here = None
            for writer in lines:
                writer.close()

    def _open_line(self) -> socket.socket:
        if self._line is None:
            line = socket.socket(socket.AF_UNIX)
            line.settimeout(_PATIENCE_SECONDS)
            try:
                line.connect(self._path)
            except OSError:
                line.close()
                raise
            self._line = line
        return self._line

    def _open_ear(self) -> socket.socket | None:
        """None when another process listens, or the file cannot be made."""
        if not self._path or _answers(self._path):
            return None
        ear = socket.socket(socket.AF_UNIX)
        try:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self._path)
            ear.bind(self._path)
            os.chmod(self._path, 0o600)
        except OSError:
            ear.close()
            return None
        return ear


class RedisBus:
    """Pub/sub through Channels' layer for Redis, all pushes in one group."""

    def __init__(self) -> None:
        self._runner: asyncio.Runner | None = None

    def tell_here(self, push: Push) -> bool:
        return False

    def carry(self, pushes: Sequence[Push]) -> None:
        """In the sending thread, whose loop keeps the connection."""
        if self._runner is None:
            self._runner = asyncio.Runner()
        try:
            self._runner.run(_send(to_line(pushes)))
        except (trouble(), OSError) as error:  # a TimeoutError is an OSError
            raise Unreachable(type(error).__name__) from error

    def close(self) -> None:
        if self._runner is not None:
            self._runner.close()
            self._runner = None

    async def listen(self, hear: Hear, well: Well) -> None:
        while True:
            with contextlib.suppress(trouble(), OSError):
                await _Ear(hear, well).listen()
            well(False)
            await asyncio.sleep(_RETRY_SECONDS)


class _Ear:
    """One stretch of listening. Our own pulse tells whether Redis brings what is pushed."""

    def __init__(self, hear: Hear, well: Well) -> None:
        self._hear, self._well = hear, well
        self._token = secrets.token_hex(8)
        self._heard_at = 0.0

    async def listen(self) -> None:
        layer: Any = get_channel_layer()
        channel = await layer.new_channel()
        await layer.group_add(_GROUP, channel)
        pulse = asyncio.create_task(self._beat())
        try:
            while True:
                message = await layer.receive(channel)
                for push in from_line(message["pushes"]):
                    self._take(push)
        finally:
            pulse.cancel()
            with contextlib.suppress(trouble(), OSError):
                await layer.flush()

    def _take(self, push: Push) -> None:
        if push.kind != _PULSE:
            self._hear(push)
        elif push.streams == (self._token,):
            self._heard_at = asyncio.get_running_loop().time()
            self._well(True)

    async def _beat(self) -> None:
        loop = asyncio.get_running_loop()
        self._heard_at = loop.time()
        while True:
            try:
                await _send(to_line([Push((self._token,), _PULSE, 0, {})]))
            except (trouble(), OSError):
                self._well(False)
            await asyncio.sleep(_PULSE_SECONDS)
            if loop.time() - self._heard_at > _DEAF_SECONDS:
                self._well(False)


async def _send(line: str) -> None:
    layer: Any = get_channel_layer()
    async with asyncio.timeout(_PATIENCE_SECONDS):
        await layer.group_send(_GROUP, {"type": "live", "pushes": line})


def _answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(_PATIENCE_SECONDS)
        try:
            probe.connect(path)
        except OSError:
            return False
        return True
