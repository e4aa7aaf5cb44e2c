"""Which replicas are fit to be read: they answer, and are at most REPLICA_MAX_LAG_SECONDS behind the primary.

Threads of each process note every second how far the primary had written, and how far each replica has
come. So it knows up to which moment a replica holds everything, whatever the clocks of the servers say and
whether or not the replica notices that nothing reaches it any more. Requests only compare numbers.
"""

import itertools
import logging
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from functools import cache, partial
from time import monotonic

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db import Error as DatabaseTrouble

logger = logging.getLogger(__name__)

_LOOK_SECONDS = 1.0
_ANSWER_SECONDS = 3.0  # a server that has not answered such a small question by then hangs
_GUARD_SECONDS = 0.5
_IDLE_SECONDS = 60.0  # after the last request the threads end, and their connections with them
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
        self._primary = _Server(DEFAULT_DB_ALIAS)
        self._noting = threading.Lock()
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
        self._look_at_primary()
        for replica in self._replicas.values():
            if replica.next_look <= monotonic():
                self._visit(replica)

    def _look_at_primary(self) -> None:
        now = monotonic()
        written = self._primary.ask(_WRITTEN)
        with self._noting:
            if written is None and self._written:
                # It takes no writes from us either. Whoever has all that it had written goes on being read.
                written = self._written[-1][1]
            if written is not None:
                self._written.append((now, written))
            while self._written and self._written[0][0] < now - self._max_lag:
                self._written.popleft()

    def _visit(self, replica: "_Replica") -> None:
        was_fit = self._is_fit(replica, monotonic())
        reached = replica.ask(_REPLAYED)
        if reached is None:
            replica.pause = min(max(replica.pause * 2, _LOOK_SECONDS), _LONGEST_PAUSE_SECONDS)
            replica.next_look = monotonic() + replica.pause
            replica.holds_until = _NEVER
        else:
            replica.pause = replica.next_look = 0.0
            with self._noting:
                replica.holds_until = max(
                    (when for when, far in self._written if far <= reached), default=_NEVER
                )
        self._tell(replica, was_fit)

    def _tell(self, replica: "_Replica", was_fit: bool) -> None:
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
                self._thread = threading.Thread(target=self._guard, name="replicas", daemon=True)
                self._thread.start()

    @property
    def _is_wanted(self) -> bool:
        return monotonic() - self._asked_at < _IDLE_SECONDS

    def _guard(self) -> None:
        """Let each server be looked at by a thread of its own, and end what waits for one that hangs.

        This thread itself asks nobody, so nothing can stop it.
        """
        over, pause = threading.Event(), threading.Event()
        lookers: dict[str, threading.Thread] = {}
        while self._is_wanted:
            for server, look in self._looks():
                if server.alias not in lookers or not lookers[server.alias].is_alive():
                    lookers[server.alias] = self._begin(look, server, over)
            pause.wait(_GUARD_SECONDS)
            for replica in self._replicas.values():
                if replica.hangs(monotonic()):
                    replica.holds_until = _NEVER
                    number = connections[replica.alias].cut_lines()  # type: ignore[attr-defined]
                    logger.warning("Database %s hangs; %s connections were cut.", replica.alias, number)
        over.set()
        for looker in lookers.values():
            looker.join(_ANSWER_SECONDS)

    def _begin(self, look: Callable[[], None], server: "_Server", over: threading.Event) -> threading.Thread:
        name = f"look at {server.alias}"
        looker = threading.Thread(target=self._keep, args=[look, server, over], name=name, daemon=True)
        looker.start()
        return looker

    def _looks(self) -> Iterator[tuple["_Server", Callable[[], None]]]:
        yield self._primary, self._look_at_primary
        for replica in self._replicas.values():
            yield replica, partial(self._visit, replica)

    def _keep(self, look: Callable[[], None], server: "_Server", over: threading.Event) -> None:
        try:
            while not over.is_set():
                look()
                over.wait(max(_LOOK_SECONDS, server.next_look - monotonic()))
        finally:
            connections.close_all()  # this thread's own


class _Server:
    """`asked_at`: since when an answer is waited for."""

    def __init__(self, alias: str) -> None:
        self.alias = alias
        self.next_look = self.pause = 0.0
        self._asked_at: float | None = None

    def ask(self, sql: str) -> Decimal | None:
        """A place in the stream of changes, in bytes; None from who does not answer, or has none to tell."""
        self._asked_at = monotonic()
        try:
            return _ask(self.alias, sql)
        finally:
            self._asked_at = None

    def hangs(self, now: float) -> bool:
        """Whether it has not answered for so long that it will not."""
        asked_at = self._asked_at
        return asked_at is not None and now - asked_at > _ANSWER_SECONDS


class _Replica(_Server):
    """`holds_until`: the last moment up to which it is known to hold everything that was written."""

    def __init__(self, alias: str) -> None:
        super().__init__(alias)
        self.holds_until = _NEVER
        self.is_known = False


@cache
def watch() -> Watch:
    """The one of this process."""
    return Watch(settings.REPLICAS, settings.REPLICA_MAX_LAG_SECONDS)


def _ask(alias: str, sql: str) -> Decimal | None:
    connection = connections[alias]
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            found: Decimal | None = cursor.fetchone()[0]
    except DatabaseTrouble:
        connection.close()
        return None
    return found
