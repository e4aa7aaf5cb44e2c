"""How many sockets one address and one person may hold, and how fast a client may talk."""

import time
from collections import Counter
from collections.abc import Callable, Hashable


class Bucket:
    """So many at once, then so many each second."""

    __slots__ = ("_at", "_clock", "_left", "_most", "_per_second")

    def __init__(self, most: float, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._per_second, self._clock = most, per_second, clock
        self._left, self._at = most, clock()

    def take(self) -> bool:
        """Whether there was one left."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Holders:
    """How many connections each address, each person has open."""

    def __init__(self) -> None:
        self._open: Counter[Hashable] = Counter()

    def enter(self, who: Hashable, most: int) -> bool:
        """Count one more; False, and nothing is counted, where there are `most` already."""
        if self._open[who] >= most:
            return False
        self._open[who] += 1
        return True

    def leave(self, who: Hashable) -> None:
        self._open[who] -= 1
        if self._open[who] <= 0:
            del self._open[who]
