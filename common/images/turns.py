"""Whose turn it is to decode: pictures must neither fill the memory nor keep everybody else waiting."""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from common.errors import TooMany

# Half of the threads stay with people who only read.
_PLACES = threading.BoundedSemaphore(max(2, settings.WEB_THREADS // 2))
_PLACE_WAIT_SECONDS = 2.0
_ONE_HEAVY = threading.BoundedSemaphore(1)
_HEAVY_WAIT_SECONDS = 10.0
_COME_BACK_SECONDS = 5


@contextmanager
def turn(*, is_heavy: bool) -> Iterator[None]:
    """Decode inside; of the heavy ones only one at a time. Raises TooMany when the wait is too long."""
    with _taken(_PLACES, _PLACE_WAIT_SECONDS):
        if not is_heavy:
            yield
            return
        with _taken(_ONE_HEAVY, _HEAVY_WAIT_SECONDS):
            try:
                yield
            finally:
                _return_memory()


@contextmanager
def _taken(places: threading.BoundedSemaphore, wait_seconds: float) -> Iterator[None]:
    if not places.acquire(timeout=wait_seconds):
        raise TooMany(
            "Many pictures are arriving at this moment. Try again in a few seconds.",
            retry_after_seconds=_COME_BACK_SECONDS,
        )
    try:
        yield
    finally:
        places.release()


def _return_memory() -> None:
    """Give freed memory back to the system; glibc would keep hundreds of megabytes for each thread."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
