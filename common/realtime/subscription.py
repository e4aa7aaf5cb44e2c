"""What waits for one connection: a bounded queue, and why it ended."""

import asyncio
from collections import deque
from collections.abc import Callable, Hashable, Iterable
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from common.realtime.hub import Door

Message = str | bytes | Enum  # text or finished bytes; an Enum is a word from a door to its own connections


class Ended(Enum):
    """Why nothing more will come."""

    LEFT = "left"  # by itself
    SLOW = "slow"  # it did not take what came
    LOST = "lost"  # pushes do not arrive in this process
    RESTART = "restart"  # the process ends


class Subscription:
    """Iterate it for messages; when the iteration ends, `ended` says why. Iterated by one task alone."""

    __slots__ = ("_leave", "_messages", "_most", "_waiter", "door", "ended", "public", "streams")

    def __init__(
        self, door: "Door", public: Hashable, most: int, leave: Callable[["Subscription"], None]
    ) -> None:
        self.door = door
        self.public = public
        self.streams: set[str] = set()
        self.ended: Ended | None = None
        self._most = most
        self._leave = leave
        self._messages: deque[Message] = deque()
        self._waiter: asyncio.Future[None] | None = None

    def put_all(self, messages: Iterable[Message]) -> None:
        """These are next. What does not fit ends the connection: whoever comes again asks for all at once."""
        for message in messages:
            if self.ended is not None:
                return
            if len(self._messages) >= self._most:
                self.end(Ended.SLOW)
                return
            self._messages.append(message)
            self._wake()

    def end(self, reason: Ended = Ended.LEFT) -> None:
        """Nothing more will come; what was not taken is dropped. Only the first reason counts."""
        if self.ended is None:
            self.ended = reason
            self._messages.clear()
            self._leave(self)
            self._wake()

    def __aiter__(self) -> "Subscription":
        return self

    async def __anext__(self) -> Message:
        while not self._messages:
            if self.ended is not None:
                raise StopAsyncIteration
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        return self._messages.popleft()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
