"""Signs that change whenever something may have changed: what was drawn under an older one is drawn anew.

So what is kept under a sign needs nobody who knows what depends on what, and one number throws all of it
away, in all processes at once. There are two:

- ANYTHING: whoever changes rows bumps it after the commit: events (events/bus), jobs (jobs/running) and every
  request that is not only a look (web/visitor_pages).
- OFFERED: what every page has around it, who and what is offered to everybody and how the site is called. It
  changes seldom: with the events of `events.catalogue.CHANGING_WHAT_IS_OFFERED`, and when trends are counted.

They lie in a file of the data folder where bin/run serves from one machine, else in Redis; of several
processes without Redis OFFERED lies in the table of the cache, and there is no ANYTHING. Where it is shared
so, each process asks for OFFERED once a second. While the place is away there is none, and nothing is kept.
"""

import mmap
import os
import secrets
import time
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.cache import cache as shared
from django.db import DatabaseError

ANYTHING, OFFERED = "revision", "revision:offered"  # keys in Redis and in the table

_FILE = "revision"
_BYTES = 8
_PLACES = {ANYTHING: 0, OFFERED: _BYTES}  # in the file
_ASKED_AGAIN_AFTER_SECONDS = 1.0

_told: tuple[float, str | None] = (float("-inf"), None)  # OFFERED: when, and what


def current(sign: str = ANYTHING) -> str | None:
    """The sign of now, None where there is none. Costs microseconds, or one question to Redis."""
    if sign == OFFERED and (settings.REDIS_URL or not settings.SINGLE_PROCESS):
        return _asked_lately()
    if settings.REDIS_URL:
        return _from_cache(sign)
    if settings.SINGLE_PROCESS and (file := _file()):
        place = _PLACES[sign]
        return file[place : place + _BYTES].hex()
    return None


def bump(sign: str = ANYTHING) -> None:
    """Something changed. A change during an outage of Redis is made up for when it is back (redis_cache)."""
    if settings.REDIS_URL or (sign == OFFERED and not settings.SINGLE_PROCESS):
        shared.set(sign, secrets.token_hex(_BYTES), None)
        forget()
    elif settings.SINGLE_PROCESS and (file := _file()):
        place = _PLACES[sign]
        file[place : place + _BYTES] = secrets.token_bytes(_BYTES)


def forget() -> None:
    """Ask for OFFERED anew, in this process."""
    global _told
    _told = (float("-inf"), None)


def _from_cache(sign: str) -> str | None:
    found: str | None = shared.get(sign)
    if found is None and shared.add(sign, secrets.token_hex(_BYTES), None):  # it began anew
        found = shared.get(sign)
    return found


def _asked_lately() -> str | None:
    global _told
    when, sign = _told
    if time.monotonic() - when > _ASKED_AGAIN_AFTER_SECONDS:
        try:
            sign = _from_cache(OFFERED)
        except DatabaseError:
            sign = None
        _told = (time.monotonic(), sign)
    return sign


def _file() -> mmap.mmap | None:
    return _shared_bytes(settings.DATA_DIR)


@cache
def _shared_bytes(folder: str | Path) -> mmap.mmap | None:
    """The file in the memory of all processes that look at it."""
    try:
        descriptor = os.open(Path(folder) / _FILE, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            size = _BYTES * len(_PLACES)
            if os.fstat(descriptor).st_size < size:
                os.ftruncate(descriptor, size)
            return mmap.mmap(descriptor, size)
        finally:
            os.close(descriptor)
    except OSError:  # a disk that is full, or not ours
        return None
