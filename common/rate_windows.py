"""Where attempts are counted without Redis: in the memory of one process, or in a table that all share.

The library has a store in memory, too. It starts a thread for every burst, which looks at every key there is,
and it grows without end; this one has no thread and forgets the oldest.
"""

import json
import threading
import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field

from django.db import transaction
from limits.storage import MovingWindowSupport, Storage

from common.cache import drop_expired_now_and_then
from common.models import CacheRow

_KEYS_KEPT = 50_000  # of windows of one length
_SWEPT = 2  # old ones looked at whenever something is counted


@dataclass(slots=True)
class _Window:
    times: deque[float] = field(default_factory=deque)  # newest first
    count: int = 0
    count_ends_at: float = 0.0
    ends_at: float = 0.0  # then nobody asks for it any more


class MemoryWindows(Storage, MovingWindowSupport):
    """For one process. Whatever was not asked for longest makes room, of 50,000 keys."""

    STORAGE_SCHEME = None

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._kept: dict[int, OrderedDict[str, _Window]] = {}  # by length, in seconds

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        now = time.time()
        with self._lock:
            window = self._window(key, expiry, now)
            _forget_before(window.times, now - expiry)
            if len(window.times) + amount > limit:
                return False
            window.times.extendleft([now] * amount)
            return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        now = time.time()
        with self._lock:
            times = self._window(key, expiry, now).times
            _forget_before(times, now - expiry)
            return (times[-1], len(times)) if times else (now, 0)

    def give_back(self, key: str, expiry: int) -> None:
        """As if the newest had not happened."""
        with self._lock:
            window = self._window(key, expiry, time.time())
            if window.times:
                window.times.popleft()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = time.time()
        with self._lock:
            window = self._window(key, expiry, now)
            if window.count_ends_at <= now:
                window.count, window.count_ends_at = 0, now + expiry
            window.count += amount
            return window.count

    def get(self, key: str) -> int:
        with self._lock:
            return next((kept[key].count for kept in self._kept.values() if key in kept), 0)

    def get_expiry(self, key: str) -> float:
        with self._lock:
            return next((kept[key].count_ends_at for kept in self._kept.values() if key in kept), time.time())

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        with self._lock:
            count = sum(map(len, self._kept.values()))
            self._kept.clear()
            return count

    def clear(self, key: str) -> None:
        with self._lock:
            for kept in self._kept.values():
                kept.pop(key, None)

    def _window(self, key: str, expiry: int, now: float) -> _Window:
        kept = self._kept.setdefault(expiry, OrderedDict())
        window = kept.get(key)
        if window is None:
            window = kept[key] = _Window()
        else:
            kept.move_to_end(key)
        window.ends_at = now + expiry
        for _ in range(_SWEPT):
            oldest = next(iter(kept))
            if kept[oldest].ends_at > now and len(kept) <= _KEYS_KEPT:
                break
            del kept[oldest]
        return window


class TableWindows(Storage, MovingWindowSupport):
    """For several processes without Redis: rows of the shared cache, one attempt at a time for each key."""

    STORAGE_SCHEME = None

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        with transaction.atomic():
            times = self._held(key, expiry)
            if len(times) + amount > limit:
                return False
            times.extendleft([time.time()] * amount)
            self._keep(key, times, expiry)
        drop_expired_now_and_then()
        return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        row = CacheRow.objects.filter(key=key).first()
        times = _times(row, expiry)
        return (times[-1], len(times)) if times else (time.time(), 0)

    @transaction.atomic
    def give_back(self, key: str, expiry: int) -> None:
        """As if the newest had not happened."""
        times = self._held(key, expiry)
        if times:
            times.popleft()
            self._keep(key, times, expiry)

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        raise NotImplementedError("plain counters are kept in memory or in Redis")

    def get(self, key: str) -> int:
        raise NotImplementedError("plain counters are kept in memory or in Redis")

    def get_expiry(self, key: str) -> float:
        row = CacheRow.objects.filter(key=key).first()
        return row.expires_at if row else time.time()

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        count, _ = CacheRow.objects.filter(key__startswith="LIMITER/").delete()
        return count

    def clear(self, key: str) -> None:
        CacheRow.objects.filter(key=key).delete()

    def _held(self, key: str, expiry: int) -> deque[float]:
        """When it happened, newest first; others who count the same wait for the end of the transaction."""
        CacheRow.objects.bulk_create(
            [CacheRow(key=key, value="[]", expires_at=time.time() + expiry)],
            update_conflicts=True,  # which holds a row that is there already
            unique_fields=["key"],
            update_fields=["expires_at"],
        )
        return _times(CacheRow.objects.get(key=key), expiry)

    def _keep(self, key: str, times: deque[float], expiry: int) -> None:
        CacheRow.objects.filter(key=key).update(
            value=json.dumps(list(times)), expires_at=time.time() + expiry
        )


def _times(row: CacheRow | None, expiry: int) -> deque[float]:
    times: deque[float] = deque(json.loads(row.value) if row else [])
    _forget_before(times, time.time() - expiry)
    return times


def _forget_before(times: deque[float], moment: float) -> None:
    while times and times[-1] <= moment:
        times.pop()
