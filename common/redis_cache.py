"""Django's cache in Redis, holding JSON: while Redis is away nothing is found and nothing is kept.

What would have been changed or removed meanwhile is removed when Redis is back with what it knew before,
so that no session lives on that was ended during an outage.
"""

import json
import threading
from collections.abc import Callable
from functools import cache
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

from common.redis_line import Away, Line, line, options

_REMEMBERED = 50_000  # keys that changed during an outage; with more of them everything is removed
_REMOVED_AT_ONCE = 500


class RedisJSONCache(RedisCache):
    """Values must be what JSON can hold; a tuple comes back as a list. Needs a KEY_PREFIX."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._server = server

    @property
    def _cache(self) -> Any:
        """One for all threads; Django makes a cache for each of them."""
        return _client(self._server, f"{self.key_prefix}:")


@cache
def _client(server: str, prefix: str) -> "_Client":
    return _Client([server], prefix, line)


class JSON:
    def dumps(self, value: Any) -> Any:
        return json.dumps(value)  # a whole number looks as Redis itself would write it, and can be added to

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


class _Client:
    """Django's own client, asked only while Redis answers."""

    def __init__(self, servers: list[str], prefix: str, line: Line) -> None:
        self._client: Any = RedisCacheClient(servers, serializer="common.redis_cache.JSON", **options())
        self._prefix, self._line = prefix, line
        self._lock = threading.Lock()
        self._changed: set[str] | None = set()  # during an outage; none: too many to remember
        line.when_back(self._remove_changed)

    def get(self, key: str, default: Any) -> Any:
        return self._read(lambda: self._client.get(key, default), default)

    def get_many(self, keys: Any) -> dict[str, Any]:
        keys = list(keys)
        found: dict[str, Any] = self._read(lambda: self._client.get_many(keys), {})
        return found

    def has_key(self, key: str) -> bool:
        return bool(self._read(lambda: self._client.has_key(key), False))

    def add(self, key: str, value: Any, timeout: int | None) -> bool:
        return bool(self._write([key], lambda: self._client.add(key, value, timeout)))

    def set(self, key: str, value: Any, timeout: int | None) -> None:
        self._write([key], lambda: self._client.set(key, value, timeout))

    def set_many(self, data: dict[str, Any], timeout: int | None) -> None:
        self._write(data, lambda: self._client.set_many(data, timeout))

    def touch(self, key: str, timeout: int | None) -> bool:
        return bool(self._write([key], lambda: self._client.touch(key, timeout)))

    def incr(self, key: str, delta: int) -> int:
        """Raises ValueError when the key is not there, or nobody can tell."""
        added = self._write([key], lambda: self._client.incr(key, delta))
        if added is None:
            raise ValueError(f"Key '{key}' not found.")
        return int(added)

    def delete(self, key: str) -> bool:
        return bool(self._write([key], lambda: self._client.delete(key)))

    def delete_many(self, keys: Any) -> None:
        keys = list(keys)
        self._write(keys, lambda: self._client.delete_many(keys))

    def clear(self) -> bool:
        """What is ours; the same Redis may hold the jobs of Celery."""
        try:
            self._line.ask(self._remove_all)
        except Away:
            with self._lock:
                self._changed = None
            return False
        return True

    def _read(self, question: Callable[[], Any], otherwise: Any) -> Any:
        try:
            return self._line.ask(question)
        except Away:
            return otherwise

    def _write(self, keys: Any, deed: Callable[[], Any]) -> Any:
        try:
            return self._line.ask(deed)
        except Away:
            self._remember(keys)
            return None

    def _remember(self, keys: Any) -> None:
        with self._lock:
            if self._changed is not None:
                self._changed.update(keys)
                if len(self._changed) > _REMEMBERED:
                    self._changed = None

    def _remove_changed(self) -> None:
        with self._lock:
            changed, self._changed = self._changed, set()
        try:
            if changed is None:
                self._remove_all()
                return
            keys = list(changed)
            for start in range(0, len(keys), _REMOVED_AT_ONCE):
                self._client.get_client(write=True).delete(*keys[start : start + _REMOVED_AT_ONCE])
        except (RedisError, OSError):
            with self._lock:  # others may have added to it meanwhile
                both = None if changed is None or self._changed is None else changed | self._changed
                self._changed = both
            raise

    def _remove_all(self) -> None:
        client = self._client.get_client(write=True)
        for key in client.scan_iter(match=f"{_literally(self._prefix)}*", count=_REMOVED_AT_ONCE):
            client.delete(key)


def _literally(prefix: str) -> str:
    """No sign of it means any other, as in an address like [::1]."""
    return "".join(f"\\{sign}" if sign in r"\*?[]^-" else sign for sign in prefix)
