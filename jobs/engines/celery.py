"""Celery's engine: processes that hear which rows wait, and do them by the same code as the other engine.

`run` starts a tree of processes: Celery's own, which hears and never touches the database; as many hands as
WORKER_CONCURRENCY says, which claim and do; and one beside, which looks after the table: it sends messages
again that were lost, minds the clock, and does what waits for other people's servers.
"""

import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Collection
from typing import Any

import billiard
from celery import signals
from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.db import close_old_connections, connection, connections

from jobs import actions
from jobs.engines import beside
from jobs.engines.embedded import HandBack, Worker, await_end_of_input, new_name
from jobs.keeper import Keeper
from jobs.messages import TASK, app
from jobs.running import run_claimed
from jobs.sweeping import Sweeper

logger = logging.getLogger(__name__)

_LAST_SECONDS = 3  # after the grace, for hands to give back what they have
_FIRST_TROUBLE_SECONDS = 0.2
_LONGEST_TROUBLE_SECONDS = 5.0
_TOO_TALKATIVE = ("celery", "kombu", "amqp")


def run(queues: Collection[str] = (), *, with_parent: bool = False) -> int:
    """Hear and do until a signal says stop; only these queues, if there are any. Returns the exit code."""
    heard = [queue for queue in settings.CELERY_QUEUES if not queues or queue in queues]
    if not heard:
        work_beside(with_parent=with_parent)
        return 0
    for name in _TOO_TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
    connections.close_all()  # hands are forked, and must find none
    side = Keeper(["run_worker", "--beside-celery", "--with-parent"], "The worker beside")
    worker = app.Worker(
        pool="prefork",
        concurrency=settings.WORKER_CONCURRENCY,
        queues=heard,
        quiet=True,
        without_gossip=True,
        without_heartbeat=True,
        without_mingle=True,
    )
    stopping = threading.Event()
    signals.worker_shutting_down.connect(lambda **_: stopping.set(), weak=False)
    threading.Thread(target=_end_in_time, args=(stopping, side), name="end", daemon=True).start()
    if with_parent:
        await_end_of_input()
    side.start()
    try:
        worker.start()
    finally:
        side.stop()
    return int(worker.exitcode or 0)


def work_beside(*, with_parent: bool) -> None:
    """What the process beside does until a signal says stop."""
    sweeper = Sweeper()
    worker = Worker([beside.OUTSIDE], sweeper)
    worker.heed_signals()
    if with_parent:
        worker.heed_parent()
    worker.run()
    sweeper.close()


class Hand:
    """Does the jobs it hears of, one after the other, in a process of its own."""

    def __init__(self) -> None:
        self.name = new_name()
        self._is_busy = False
        self._is_leaving = False
        self._trouble_seconds = 0.0

    def do(self, job_id: int) -> None:
        """Do this job if it waits. What the database cannot take now is sent again later."""
        try:
            self._is_busy = True
            try:
                self._claim_and_do(job_id)
            finally:
                self._is_busy = False
        except HandBack:
            logger.warning("Stopping: the job in hand is handed back.")
            self._give_back()
            if self._is_leaving:
                os._exit(0)
        except DatabaseTrouble as trouble:
            pause = max(self._trouble_seconds * 2, _FIRST_TROUBLE_SECONDS)
            self._trouble_seconds = min(pause, _LONGEST_TROUBLE_SECONDS)
            logger.warning(
                "Database trouble (%s); going on in %.1f s.", type(trouble).__name__, self._trouble_seconds
            )
            time.sleep(self._trouble_seconds)

    def let_go(self, number: int, frame: object) -> None:
        """A signal's handler: give back the job in hand."""
        if self._is_busy:
            self._is_busy = False
            raise HandBack

    def leave(self, number: int, frame: object) -> None:
        """A signal's handler: give back the job in hand and end this process."""
        self._is_leaving = True
        self.let_go(number, frame)
        os._exit(0)

    def _claim_and_do(self, job_id: int) -> None:
        close_old_connections()
        if self._trouble_seconds:
            actions.give_back(self.name)
            self._trouble_seconds = 0.0
        if job := actions.claim_this_job(self.name, job_id):
            run_claimed(job)

    def _give_back(self) -> None:
        connection.close()  # a query may have been under way in it
        with contextlib.suppress(DatabaseTrouble):
            actions.give_back(self.name)


_hand: Hand | None = None  # of this process


@app.task(name=TASK)  # type: ignore[untyped-decorator]
def do(job_id: int) -> None:
    """What a message asks for."""
    global _hand
    if _hand is None:  # not earlier: what Celery calls in a new process still changes signals afterwards
        _hand = Hand()
        signal.signal(signal.SIGALRM, _hand.let_go)
        signal.signal(signal.SIGTERM, _hand.leave)
    _hand.do(job_id)


@signals.setup_logging.connect  # type: ignore[untyped-decorator]
def _keep_our_log(**_: Any) -> None:
    """Celery sets up its own unless somebody listens here."""


def _end_in_time(stopping: threading.Event, side: Keeper) -> None:
    """Once told to stop: jobs may be finished for the grace, then they are given back, then all ends."""
    stopping.wait()
    side.begin_to_stop()
    for seconds, number in ((settings.JOB_GRACE_SECONDS, signal.SIGALRM), (_LAST_SECONDS, signal.SIGKILL)):
        time.sleep(seconds)
        for hand in billiard.active_children():
            with contextlib.suppress(ProcessLookupError):
                os.kill(hand.pid, number)
    time.sleep(_LAST_SECONDS)
    side.stop()
    os._exit(0)
