"""A few threads that work for an event loop. Whoever rested last works next, so mostly it is the same one.

Python's own pool wakes whichever thread has waited longest. Its part of the processor's cache, its connection
to the database and what SQLite keeps for it are cold by then: requests that write were a tenth dearer.
"""

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

Found = TypeVar("Found")


class _Task(NamedTuple):
    work: Callable[..., Any]
    values: tuple[Any, ...]
    loop: asyncio.AbstractEventLoop
    answer: "asyncio.Future[Any]"


class Threads:
    """At most `number` of them, which begin when they are needed and live as long as the process."""

    def __init__(self, number: int, name: str) -> None:
        self._room, self._name = number, name
        self._lock = threading.Lock()
        self._resting: list[_Thread] = []
        self._waiting: deque[_Task] = deque()  # none where somebody rests

    def run(self, work: Callable[..., Found], *values: Any) -> "asyncio.Future[Found]":
        """What the work returns or raises; called in the loop. First come, first served."""
        loop = asyncio.get_running_loop()
        task = _Task(work, values, loop, loop.create_future())
        with self._lock:
            if self._resting:
                self._resting.pop().take(task)
            elif self._room:
                self._room -= 1
                _Thread(self, f"{self._name}_{self._room}").take(task)
            else:
                self._waiting.append(task)
        return task.answer

    def next_for(self, thread: "_Thread") -> _Task | None:
        """What is to be done after one thing is done; None: rest until something is brought."""
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            self._resting.append(thread)
            return None


class _Thread:
    def __init__(self, threads: Threads, name: str) -> None:
        self._threads = threads
        self._brought: deque[_Task] = deque()
        self._bell = threading.Lock()  # held while there is nothing to do
        self._bell.acquire()
        threading.Thread(target=self._work, name=name, daemon=True).start()

    def take(self, task: _Task) -> None:
        self._brought.append(task)
        self._bell.release()

    def _work(self) -> None:
        while True:
            self._bell.acquire()
            task: _Task | None = self._brought.popleft()
            while task is not None:
                found, error = _done(task)
                # It rests before anybody hears of it, or the next one would go to another.
                following = self._threads.next_for(self)
                with contextlib.suppress(RuntimeError):  # the loop has ended, and nobody waits
                    task.loop.call_soon_threadsafe(_settle, task.answer, found, error)
                task = following


def _done(task: _Task) -> tuple[Any, BaseException | None]:
    """What came of it, and what went wrong."""
    try:
        return None if task.answer.cancelled() else task.work(*task.values), None
    except StopIteration as error:  # which no future takes
        return None, RuntimeError(f"It raised {error!r}.")
    except BaseException as error:  # noqa: BLE001  (it is for whoever waits)
        return None, error


def _settle(answer: "asyncio.Future[Any]", found: Any, error: BaseException | None) -> None:
    if answer.cancelled():
        return
    if error is None:
        answer.set_result(found)
    else:
        answer.set_exception(error)
