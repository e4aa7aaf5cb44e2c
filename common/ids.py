"""Ids that sort by time: 48 bits of milliseconds since 1970, 8 bits of sequence, 8 bits of process.

They stay below 2^63 for thousands of years and have the shape of Mastodon's, so `id >> 16` is a
moment in milliseconds. Processes of one machine have different numbers in their low bits; a clock
that steps back never yields a smaller id within a process.
"""

import os
import secrets
import socket
import threading
import time
import zlib
from datetime import UTC, datetime

_SEQUENCE_LIMIT = 256

_lock = threading.Lock()
_last_ms = 0
_sequence = 0
_process = 0


def _know_process() -> None:
    """Learn this process's number; neighbours forked one after the other get different ones."""
    global _process
    _process = (os.getpid() + zlib.crc32(socket.gethostname().encode())) & 0xFF


_know_process()
os.register_at_fork(after_in_child=_know_process)


def new_id() -> int:
    """The next id: larger than every earlier one of this process."""
    global _last_ms, _sequence
    with _lock:
        now = int(time.time() * 1000)
        if now > _last_ms:
            _last_ms, _sequence = now, secrets.randbelow(_SEQUENCE_LIMIT // 2)
        else:
            _sequence += 1
            if _sequence == _SEQUENCE_LIMIT:
                _last_ms, _sequence = _last_ms + 1, 0
        return _last_ms << 16 | _sequence << 8 | _process


def new_id_at(moment: datetime) -> int:
    """An id for something that happened at that moment: in its place in time, the rest by chance."""
    return id_at(moment) | secrets.randbelow(1 << 16)


def id_at(moment: datetime) -> int:
    """The smallest id that can belong to that moment; for “older than” ranges."""
    return int(moment.timestamp() * 1000) << 16


def moment_of(an_id: int) -> datetime:
    """When an id was made, to the millisecond."""
    return datetime.fromtimestamp((an_id >> 16) / 1000, tz=UTC)
