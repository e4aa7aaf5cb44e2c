"""What every socket does alike, whoever speaks on it: reading, telling, looking again, ending."""

import asyncio
import contextlib
import json
import random
from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings

from common.realtime.subscription import Message, Subscription

Send = Callable[[dict[str, Any]], Awaitable[None]]

_MOST_BRACKETS = 32  # no message of ours has more; reading what is nested deeply would exhaust the stack


def read_said(text: str) -> dict[str, Any] | None:
    """The object that the text is, None for anything else."""
    if text.count("[") + text.count("{") > _MOST_BRACKETS:
        return None
    try:
        said = json.loads(text)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


async def send_text(send: Send, text: Message) -> None:
    """Raises OSError where the client is gone."""
    try:
        await send({"type": "websocket.send", "text": text})
    except RuntimeError as closed:  # so uvicorn says that it gave up waiting for an answer to its pings
        raise ConnectionResetError from closed


async def close_socket(send: Send, code: int) -> None:
    """The last word, unless there is none (0); a client that takes nothing does not get it."""
    if not code:
        return
    with contextlib.suppress(OSError, TimeoutError, RuntimeError):
        async with asyncio.timeout(1):
            await send({"type": "websocket.close", "code": code})


class Look:
    """Puts this word to a line every few minutes, and not to all lines in the same moment. It looks then
    whether whoever listens still may, for a push that tells of the end may get lost.
    """

    def __init__(self, subscription: Subscription, word: Message) -> None:
        self._subscription, self._word = subscription, word
        self._timer: asyncio.TimerHandle | None = None
        self.later()

    def later(self) -> None:
        self.end()
        seconds = settings.LIVE_LOOK_SECONDS * random.uniform(0.8, 1.2)  # noqa: S311  (no secret)
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(seconds, self._subscription.put_all, [self._word])

    def end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
