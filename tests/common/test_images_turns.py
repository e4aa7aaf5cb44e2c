"""Decoding takes turns, so that a burst of pictures neither fills the memory nor stops the site."""

import threading
import time
from collections.abc import Callable

import pytest

from common.errors import TooMany
from common.images import turns
from common.images.turns import turn


@pytest.fixture
def busy(monkeypatch):
    """`busy(3, is_heavy=True)`: so many others decode until the test ends; short waits for the rest."""
    monkeypatch.setattr(turns, "_PLACES", threading.BoundedSemaphore(3))
    monkeypatch.setattr(turns, "_PLACE_WAIT_SECONDS", 0.05)
    monkeypatch.setattr(turns, "_HEAVY_WAIT_SECONDS", 0.05)
    leave, threads = threading.Event(), []

    def start(number: int, *, is_heavy: bool) -> None:
        for _ in range(number):
            inside = threading.Event()
            threads.append(threading.Thread(target=_decode_until, args=(leave, inside, is_heavy)))
            threads[-1].start()
            assert inside.wait(5)

    yield start
    leave.set()
    for thread in threads:
        thread.join()


def _decode_until(leave: threading.Event, inside: threading.Event, is_heavy: bool) -> None:
    with turn(is_heavy=is_heavy):
        inside.set()
        leave.wait(10)


def taken(is_heavy: bool) -> bool:
    with turn(is_heavy=is_heavy):
        return True


def test_one_heavy_picture_at_a_time_and_light_ones_beside_it(busy: Callable[..., None]):
    busy(1, is_heavy=True)
    with pytest.raises(TooMany, match="Many pictures are arriving") as caught:
        taken(is_heavy=True)
    assert caught.value.retry_after_seconds == 5
    assert taken(is_heavy=False)


def test_a_few_at_a_time_and_the_rest_is_told_to_come_back(busy: Callable[..., None]):
    busy(3, is_heavy=False)
    started = time.perf_counter()
    with pytest.raises(TooMany):
        taken(is_heavy=False)
    assert time.perf_counter() - started < 2


def test_who_is_done_or_fails_makes_room(busy: Callable[..., None]):
    for _ in range(10):
        with pytest.raises(ZeroDivisionError), turn(is_heavy=True):
            1 / 0  # noqa: B018
    assert taken(is_heavy=True)
