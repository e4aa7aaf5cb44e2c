"""The embedded engine: a process that empties the table of jobs, one after the other.

Only what takes long is done beside the rest, see beside.py.
"""

import contextlib
import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Collection
from typing import Protocol

from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.db import close_old_connections, connection

from jobs import actions, clock
from jobs.engines import beside
from jobs.engines.beside import Beside
from jobs.models import Job
from jobs.running import run_claimed
from jobs.wake import Bell

logger = logging.getLogger(__name__)

_LOOK_SECONDS = 1.0  # how long a job may wait when the bell was not heard
_SWEEP_SECONDS = 0.5
_CHORES_SECONDS = 5.0
_CLOCK_STEP_SECONDS = 30.0
_LONGEST_TROUBLE_SECONDS = 5.0


class HandBack(BaseException):
    """The grace is over: leave the job in hand. No task may catch this, so it is no Exception."""


class Sweeper(Protocol):
    """Lets workers that hear messages know what waits, see jobs/sweeping.py."""

    is_cut_off: bool

    def look(self) -> None:
        """Do what is due."""


def run_pending(queues: Collection[str] = ()) -> int:
    """Do every job that is due now, here and now, and what these jobs write in turn; for tests.

    Returns how many were done. Raises the first error of a job, after all of them had their try.
    """
    worker, count, errors = new_name(), 0, []
    while job := actions.claim_job(worker, queues):
        error = run_claimed(job)
        if error is None:
            count += 1
        else:
            errors.append(error)
    if errors:
        raise errors[0]
    return count


class Worker:
    """Takes jobs until it is told to stop. Several may share one table, on one machine or on many."""

    def __init__(self, queues: Collection[str] = (), sweeper: Sweeper | None = None) -> None:
        """With a `sweeper` others hear messages, and this one stands beside them; it takes from all queues
        while messages get lost.
        """
        self.name = new_name()
        self.queues = queues
        self._sweeper = sweeper
        self._stopping = False
        self._next_chores = 0.0
        self._trouble_seconds = 0.0
        self._clock_offset: float | None = None
        self._bell: Bell | None = None
        self._beside: dict[str, Beside] = {}  # the hand of each queue that has one

    def run(self, *, until_empty: bool = False) -> None:
        """Work until a signal says stop; with `until_empty` only until nothing is due."""
        self._bell = Bell(outer=self._sweeper is None)
        self._beside = {} if until_empty else {name: Beside(self._bell.ring) for name in beside.QUEUES}
        try:
            while not self._stopping:
                worked = self._turn()
                if not worked and until_empty and not self._trouble_seconds:
                    break
                if not worked and not self._stopping:
                    self._bell.wait(self._trouble_seconds or self._look_seconds())
            for hand in self._beside.values():
                hand.finish()
        except HandBack:
            logger.warning("Stopping: the job in hand is handed back.")
        finally:
            signal.alarm(0)
            self._let_go()
            self._bell.close()

    def stop(self) -> None:
        """Finish the job in hand and return from `run`; safe in a signal handler."""
        self._stopping = True
        if self._bell:
            self._bell.ring()

    def heed_signals(self) -> None:
        """Stop on SIGTERM and SIGINT; what is still in hand JOB_GRACE_SECONDS later is handed back."""
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)
        signal.signal(signal.SIGALRM, leave)

    def heed_parent(self) -> None:
        """Stop when standard input closes: our parent holds its other end, and lets go when it dies."""
        await_end_of_input()

    def _turn(self) -> bool:
        """One job, if there is one. Trouble with the database is survived with growing pauses."""
        try:
            close_old_connections()
            if self._trouble_seconds:
                actions.give_back(self.name)
            self._do_chores()
            if self._sweeper:
                self._sweeper.look()
            job = actions.claim_job(self.name, self._open_queues(), but=self._busy_queues())
            self._trouble_seconds = 0.0
            if job is None:
                return False
            if hand := self._beside.get(job.queue):
                hand.take(job)
            else:
                run_claimed(job)
        except DatabaseTrouble as trouble:
            self._trouble_seconds = min(max(self._trouble_seconds * 2, 0.2), _LONGEST_TROUBLE_SECONDS)
            logger.warning(
                "Database trouble (%s); trying again in %.1f s.",
                type(trouble).__name__,
                self._trouble_seconds,
            )
            return False
        return True

    def _look_seconds(self) -> float:
        return _SWEEP_SECONDS if self._sweeper else _LOOK_SECONDS

    def _open_queues(self) -> Collection[str]:
        return () if self._sweeper and self._sweeper.is_cut_off else self.queues

    def _busy_queues(self) -> Collection[str]:
        return [name for name, hand in self._beside.items() if not hand.is_free]

    def _do_chores(self) -> None:
        """Now and then: jobs of dead workers, periodic work, times that a wrong clock wrote."""
        if time.monotonic() < self._next_chores:
            return
        self._next_chores = time.monotonic() + _CHORES_SECONDS
        actions.release_abandoned(_dead_neighbours())
        if self._clock_was_set():
            actions.mend_times()
        clock.tick()

    def _clock_was_set(self) -> bool:
        """Whether the time of day moved otherwise than time itself since we last looked; true at first."""
        before, self._clock_offset = self._clock_offset, time.time() - time.monotonic()
        return before is None or abs(self._clock_offset - before) > _CLOCK_STEP_SECONDS

    def _let_go(self) -> None:
        with contextlib.suppress(DatabaseTrouble):
            actions.give_back(self.name)
        if not connection.in_atomic_block:
            connection.close()

    def _on_signal(self, number: int, frame: object) -> None:
        if not self._stopping:
            signal.alarm(settings.JOB_GRACE_SECONDS)
        self.stop()


def leave(number: int, frame: object) -> None:
    """A signal's handler: hand back what is in hand."""
    raise HandBack


def await_end_of_input() -> None:
    """Send SIGTERM to this process when standard input closes; returns at once."""
    threading.Thread(target=_await_end_of_input, name="parent", daemon=True).start()


def _await_end_of_input() -> None:
    # Not sys.stdin: its lock, held by this thread, would spoil the end of the interpreter.
    with contextlib.suppress(OSError):
        while os.read(0, 1024):
            pass
    os.kill(os.getpid(), signal.SIGTERM)


def new_name() -> str:
    """A worker's name tells its machine and process, so that neighbours notice its death."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"


def _dead_neighbours() -> set[str]:
    """Names of workers on this machine that hold jobs but whose process is gone."""
    here = f"{socket.gethostname()[:60]}:"
    running = Job.objects.filter(state=Job.State.RUNNING, held_by__startswith=here)
    return {name for name in running.values_list("held_by", flat=True) if not _lives(name)}


def _lives(name: str) -> bool:
    try:
        os.kill(int(name.split(":")[-2]), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, ValueError, IndexError, OverflowError):
        return True
    return True
