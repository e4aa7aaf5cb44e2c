"""Which replicas are fit to be read: they answer, and are at most REPLICA_MAX_LAG_SECONDS behind the primary.

A thread of each process notes every second how far the primary had written, and how far each replica has
come. So it knows up to which moment a replica holds everything, whatever the clocks of the servers say and
whether or not the replica notices that nothing reaches it any more. Requests only compare numbers.
"""

import itertools
import logging
import threading
from collections import deque
from collections.abc import Collection, Sequence
from decimal import Decimal
from functools import cache
from time import monotonic

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db import Error as DatabaseTrouble

logger = logging.getLogger(__name__)

_LOOK_SECONDS = 1.0
_IDLE_SECONDS = 60.0  # after the last request the thread ends, and its connections with it
_LONGEST_PAUSE_SECONDS = 10.0  # between two knocks at a replica that does not answer
_NEVER = float("-inf")

_WRITTEN = "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn"
# Nothing for a server that follows nobody: it may have been a replica once, and now goes its own way.
_REPLAYED = "SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() - '0/0'::pg_lsn END"


class Watch:
    """What one process knows about its replicas."""

    def __init__(self, aliases: Sequence[str], max_lag_seconds: float) -> None:
        self._max_lag = max_lag_seconds
        self._replicas = {alias: _Replica(alias) for alias in aliases}
        self._written: deque[tuple[float, Decimal]] = deque()  # when, how far; the newest last
        self._turns = itertools.count()
        self._asked_at = _NEVER
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def pick(self, avoiding: Collection[str] = ()) -> str:
        """The next fit replica in turn; the primary when there is none."""
        self._keep_looking()
        fit = [alias for alias in self._fit(monotonic()) if alias not in avoiding]
        return fit[next(self._turns) % len(fit)] if fit else DEFAULT_DB_ALIAS

    def leave_out(self, alias: str) -> None:
        """A read failed there: nobody is sent there until it answers the next look."""
        self._replicas[alias].holds_until = _NEVER

    def report(self) -> str:
        """How many are in use, in words for operators."""
        self._keep_looking()
        return f"{len(self._fit(monotonic()))} of {len(self._replicas)} in use"

    def look(self) -> None:
        """Ask the primary, then every replica that is due."""
        now = monotonic()
        written = _ask(DEFAULT_DB_ALIAS, _WRITTEN)
        if written is None and self._written:
            # It takes no writes from us either. Whoever has all that it had written goes on being read.
            written = self._written[-1][1]
        if written is not None:
            self._written.append((now, written))
        while self._written and self._written[0][0] < now - self._max_lag:
            self._written.popleft()
        for replica in self._replicas.values():
            if replica.next_look <= monotonic():
                self._visit(replica)

    def _visit(self, replica: "_Replica") -> None:
        was_fit = self._is_fit(replica, monotonic())
        reached = _ask(replica.alias, _REPLAYED)
        if reached is None:
            replica.pause = min(max(replica.pause * 2, _LOOK_SECONDS), _LONGEST_PAUSE_SECONDS)
            replica.next_look = monotonic() + replica.pause
            replica.holds_until = _NEVER
        else:
            replica.pause = replica.next_look = 0.0
            replica.holds_until = max((when for when, far in self._written if far <= reached), default=_NEVER)
        is_fit = self._is_fit(replica, monotonic())
        if is_fit != was_fit or not replica.is_known:
            replica.is_known = True
            level = logging.INFO if is_fit else logging.WARNING
            logger.log(level, "Database %s is %s.", replica.alias, "read" if is_fit else "left out")

    def _fit(self, now: float) -> list[str]:
        return [replica.alias for replica in self._replicas.values() if self._is_fit(replica, now)]

    def _is_fit(self, replica: "_Replica", now: float) -> bool:
        return now - replica.holds_until <= self._max_lag

    def _keep_looking(self) -> None:
        self._asked_at = monotonic()
        if self._thread is not None and self._thread.is_alive():
            return
        with self._starting:
            if self._thread is None or not self._thread.is_alive():  # a fork leaves threads behind
                self._thread = threading.Thread(target=self._run, name="replicas", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        pause = threading.Event()
        try:
            while monotonic() - self._asked_at < _IDLE_SECONDS:
                self.look()
                pause.wait(_LOOK_SECONDS)
        finally:
            connections.close_all()  # this thread's own


class _Replica:
    """`holds_until`: the last moment up to which it is known to hold everything that was written."""

    def __init__(self, alias: str) -> None:
        self.alias = alias
        self.holds_until = _NEVER
        self.next_look = self.pause = 0.0
        self.is_known = False


@cache
def watch() -> Watch:
    """The one of this process."""
    return Watch(settings.REPLICAS, settings.REPLICA_MAX_LAG_SECONDS)


def _ask(alias: str, sql: str) -> Decimal | None:
    """A place in the stream of changes, in bytes; None from who does not answer, or has none to tell."""
    connection = connections[alias]
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            found: Decimal | None = cursor.fetchone()[0]
    except DatabaseTrouble:
        connection.close()
        return None
    return found
