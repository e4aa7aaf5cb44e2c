"""A cache in a database table, holding JSON: for several processes without Redis.

Django has one too, but it stores pickles, and whoever can write a pickle into a table can run code.
"""

import json
import time
from itertools import count
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import transaction

from common.models import CacheRow
from common.sweeping import sweep

_NEVER = 10.0**12
_CULL_EVERY = 500  # writes
_writes = count(1)


def drop_expired_now_and_then() -> None:
    """Called after each write; one in many removes what is over."""
    if next(_writes) % _CULL_EVERY == 0:
        CacheRow.objects.filter(expires_at__lte=time.time()).delete()


def remove_expired(dry_run: bool = False) -> int:
    """Everything that is over, by the clock: where little is written it would stay for long."""
    return sweep(CacheRow.objects.filter(expires_at__lte=time.time()), dry_run=dry_run)


class DatabaseJSONCache(BaseCache):
    """Values must be what JSON can hold; a tuple comes back as a list."""

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        row = self._row(key, version)
        return default if row is None else json.loads(row.value)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        expires_at = self._expiry(timeout)
        CacheRow.objects.update_or_create(
            key=self.make_and_validate_key(key, version=version),
            defaults={"value": json.dumps(value), "expires_at": expires_at},
        )
        drop_expired_now_and_then()

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        full_key = self.make_and_validate_key(key, version=version)
        CacheRow.objects.filter(key=full_key, expires_at__lte=time.time()).delete()
        _, created = CacheRow.objects.get_or_create(
            key=full_key, defaults={"value": json.dumps(value), "expires_at": self._expiry(timeout)}
        )
        return created

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Add to a number. Raises ValueError when the key is not there."""
        with transaction.atomic():
            full_key = self.make_and_validate_key(key, version=version)
            row = (
                CacheRow.objects.select_for_update().filter(key=full_key, expires_at__gt=time.time()).first()
            )
            if row is None:
                raise ValueError(f"Key '{key}' not found")
            changed: int = json.loads(row.value) + delta
            CacheRow.objects.filter(key=full_key).update(value=json.dumps(changed))
            return changed

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        full_key = self.make_and_validate_key(key, version=version)
        alive = CacheRow.objects.filter(key=full_key, expires_at__gt=time.time())
        return bool(alive.update(expires_at=self._expiry(timeout)))

    def delete(self, key: Any, version: int | None = None) -> bool:
        removed, _ = CacheRow.objects.filter(key=self.make_and_validate_key(key, version=version)).delete()
        return bool(removed)

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._row(key, version) is not None

    def clear(self) -> None:
        CacheRow.objects.all().delete()

    def _row(self, key: Any, version: int | None) -> CacheRow | None:
        full_key = self.make_and_validate_key(key, version=version)
        return CacheRow.objects.filter(key=full_key, expires_at__gt=time.time()).first()

    def _expiry(self, timeout: Any) -> float:
        expires_at = self.get_backend_timeout(timeout)
        return _NEVER if expires_at is None else expires_at
