"""A sign that changes whenever anything may have changed: what was drawn under an older one is drawn anew.

Whoever changes rows calls `bump` after the commit: events (events/bus), jobs (jobs/running) and every
request that is not only a look (web/visitor_pages). So what is kept under the sign needs nobody who
knows what depends on what, and one number throws all of it away, in all processes at once.

The sign lies in Redis, or in a file of the data folder where bin/run serves from one machine. Elsewhere, and
while Redis is away, there is none, and nothing is kept.
"""

import mmap
import os
import secrets
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.cache import cache as shared

_KEY = "revision"
_FILE = "revision"
_BYTES = 8


def current() -> str | None:
    """The sign of now, None where there is none. Costs microseconds, or one question to Redis."""
    if settings.REDIS_URL:
        found: str | None = shared.get(_KEY)
        if found is None and shared.add(_KEY, secrets.token_hex(_BYTES), None):  # Redis began anew
            found = shared.get(_KEY)
        return found
    file = _file()
    return file[:_BYTES].hex() if file else None


def bump() -> None:
    """Something changed. A change during an outage of Redis is made up for when it is back (redis_cache)."""
    if settings.REDIS_URL:
        shared.set(_KEY, secrets.token_hex(_BYTES), None)
    elif file := _file():
        file[:_BYTES] = secrets.token_bytes(_BYTES)


def _file() -> mmap.mmap | None:
    return _shared_bytes(Path(settings.DATA_DIR) / _FILE) if settings.SINGLE_PROCESS else None


@cache
def _shared_bytes(path: Path) -> mmap.mmap | None:
    """The file in the memory of all processes that look at it."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(descriptor).st_size < _BYTES:
                os.ftruncate(descriptor, _BYTES)
            return mmap.mmap(descriptor, _BYTES)
        finally:
            os.close(descriptor)
    except OSError:  # a disk that is full, or not ours
        return None
