"""The database: its version, how it is set up, its tables, its copies, and what stands in front of it."""

import time
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from server.checks.finding import Finding, Visit, bad, good, idle, warning

_LONG_BUSY_MS = 1000  # a writer that waits less for another fails under load
_SYNCHRONOUS = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}
_CROWDED_PERCENT = 80  # of the connections that PostgreSQL allows
# NULL for a server that follows nobody.
_REACHED = "SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() >= %(place)s::pg_lsn END"
_PATIENCE_SECONDS, _LOOK_SECONDS = 8, 0.2  # for copies to come
_TURNS, _TURN_SECONDS = 30, 0.05
_COLLATIONS_SINCE = 150000  # PostgreSQL 15 knows with which version of a collation an index was made


def look_at_database(visit: Visit) -> Finding:
    """Whether it answers, and is one that we know how to use."""
    needed = connection.features.minimum_database_version or (0,)
    _ask("SELECT 1")  # SQLite knows its version without any database
    found = connection.get_database_version()
    name = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
    said = f"{name} {'.'.join(map(str, found))}"
    if found < needed:
        least = ".".join(map(str, needed))
        return bad(f"{said} is too old.", f"Install {name} {least} or a newer one, and start anew.")
    return good(f"{said} answers.")


def look_at_database_settings(visit: Visit) -> Finding:
    """What our way of using it rests on."""
    return _postgresql() if connection.vendor == "postgresql" else _sqlite()


def look_at_migrations(visit: Visit) -> Finding:
    """Whether the tables are those of this code."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        names = ", ".join(f"{one.app_label} {one.name}" for one, _ in pending[:3])
        return bad(
            f"{len(pending)} are pending: {names}{' …' if len(pending) > 3 else ''}.",
            "Run manage.py migrate; bin/run and build.sh do it by themselves.",
        )
    unknown = executor.loader.applied_migrations.keys() - executor.loader.disk_migrations.keys()
    ours = sorted(name for name in unknown if name[0] in executor.loader.migrated_apps)
    if ours:
        return warning(
            f"The tables were made by newer code: {ours[-1][0]} {ours[-1][1]} is not known here.",
            "Bring this machine to the newest version, too (docs/upgrading.md).",
        )
    return good("All tables are those of this version.")


def look_at_replicas(visit: Visit) -> Finding:
    """Whether each copy answers, is a copy, and comes in time to where the primary is now."""
    if not settings.REPLICAS:
        return idle("There are none.")
    seconds = min(settings.REPLICA_MAX_LAG_SECONDS, _PATIENCE_SECONDS)
    until, place = time.monotonic() + seconds, str(_ask("SELECT pg_current_wal_lsn()"))
    came = {alias: _comes_to(alias, place, until) for alias in settings.REPLICAS}
    lost = [alias for alias, is_there in came.items() if is_there is None]
    if lost:
        return bad(
            f"{', '.join(lost)} of {len(came)} does not answer, or is no copy.",
            "Correct DATABASE_REPLICA_URLS, or let that server follow the primary again. The primary does"
            " its work meanwhile.",
        )
    late = [alias for alias, is_there in came.items() if not is_there]
    if late:
        return warning(
            f"{', '.join(late)} is more than {seconds} seconds behind the primary.",
            "See what keeps it: its disk, the network, or a long question that somebody asks there.",
        )
    return good(f"All {len(came)} answer and are up to date.")


def look_at_pooler(visit: Visit) -> Finding:
    """Whether DATABASE_POOLER says what stands in front."""
    if connection.vendor != "postgresql":
        return idle("SQLite has none.")
    says_so = bool(connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"))
    if not is_pooled():
        return good(
            "None stands in front, though DATABASE_POOLER says so." if says_so else "None stands in front."
        )
    if lends_transactions():
        if says_so:
            return good("A pooler lends a session for each transaction, and DATABASE_POOLER says so.")
        return bad(
            "A pooler lends a session for each transaction, and DATABASE_POOLER does not say so: questions"
            " fail now and then.",
            "Set DATABASE_POOLER=transaction and start anew.",
        )
    return good("A pooler lends whole sessions.")


def moment() -> datetime | None:
    """What time it is at the database; None for SQLite, which has no clock of its own."""
    if connection.vendor != "postgresql":
        return None
    found: datetime = _ask("SELECT clock_timestamp()")
    return found


def is_pooled() -> bool:
    """Whether the session that answers is another than the one that was opened."""
    connection.ensure_connection()
    opened: int = connection.connection.info.backend_pid
    return opened != int(_ask("SELECT pg_backend_pid()"))


def lends_transactions() -> bool:
    """Whether a session of ours is lent to a second line while ours is open. Who pools whole sessions never
    does that; others may be busy at this moment, so both lines are asked for a while.
    """
    ours, theirs = set(), set()
    second = connection.copy()
    try:
        for _ in range(_TURNS):
            ours.add(_session_of(connection))
            theirs.add(_session_of(second))
            if ours & theirs:
                return True
            time.sleep(_TURN_SECONDS)
        return False
    finally:
        second.close()


def _session_of(line: BaseDatabaseWrapper) -> int:
    with line.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _sqlite() -> Finding:
    journal, keys = str(_ask("PRAGMA journal_mode")), int(_ask("PRAGMA foreign_keys"))
    synchronous, busy = int(_ask("PRAGMA synchronous")), int(_ask("PRAGMA busy_timeout"))
    said = f"journal_mode {journal}, synchronous {_SYNCHRONOUS.get(synchronous, synchronous)}"
    if journal != "wal":
        return bad(
            f"{said}: whoever reads and whoever writes wait for each other.",
            "Keep the database on a disk of this machine: WAL does not work over a network.",
        )
    if not keys:
        return bad(f"{said}, foreign_keys off: rows may stay whose person is gone.", _BY_US)
    if busy < _LONG_BUSY_MS:
        return bad(f"{said}, busy_timeout {busy} ms: writers give up too soon.", _BY_US)
    if not synchronous:
        return bad(
            f"{said}: a power cut can destroy the whole database.",
            "Set SQLITE_SYNCHRONOUS to FULL or NORMAL.",
        )
    return good(f"{said}, foreign_keys on, busy_timeout {busy} ms.")


_BY_US = "The site sets this itself whenever it opens the database: remove what changes it."


def _postgresql() -> Finding:
    encoding, theirs = str(_ask("SHOW server_encoding")), str(_ask("SHOW client_encoding"))
    if (encoding, theirs) != ("UTF8", "UTF8"):
        return bad(
            f"The database is kept in {encoding} and answers in {theirs}: not every tweet can be written.",
            "Make a database with ENCODING 'UTF8' and move the data there by pg_dump.",
        )
    level = str(_ask("SHOW default_transaction_isolation"))
    if level != "read committed":
        return bad(
            f"Transactions are “{level}”, and counters rest on “read committed”.",
            "ALTER ROLE our_user RESET default_transaction_isolation, and the same for the database.",
        )
    if _is_recovering():
        return bad("DATABASE_URL leads to a copy that takes no writes.", "Let DATABASE_URL name the primary.")
    return _postgresql_comfort(encoding)


def _postgresql_comfort(encoding: str) -> Finding:
    """What makes it slow or wrong one day."""
    if _collation_is_old():
        return warning(
            "The system sorts otherwise than when the indexes were made: some rows may not be found.",
            "REINDEX DATABASE, then ALTER DATABASE … REFRESH COLLATION VERSION.",
        )
    if str(_ask("SHOW jit")) == "on":
        return warning(
            "Queries are compiled before they run (jit), and ours are over sooner than that.",
            "Say once on the server: ALTER ROLE our_user SET jit = off",
        )
    used, most = int(_ask("SELECT count(*) FROM pg_stat_activity")), int(_ask("SHOW max_connections"))
    if used * 100 > most * _CROWDED_PERCENT:
        return warning(
            f"{used} of {most} connections are in use.",
            "Raise max_connections, or put PgBouncer in front (docs/running.md).",
        )
    return good(f"{encoding}, “read committed”, jit off, {used} of {most} connections in use.")


def _is_recovering() -> bool:
    return bool(_ask("SELECT pg_is_in_recovery()"))


def _collation_is_old() -> bool:
    if connection.pg_version < _COLLATIONS_SINCE:  # type: ignore[attr-defined]
        return False
    return bool(
        _ask(
            "SELECT datcollversion <> pg_database_collation_actual_version(oid) FROM pg_database"
            " WHERE datname = current_database()"
        )
    )


def _comes_to(alias: str, place: str, until: float) -> bool | None:
    """Whether the copy has all that the primary had written; None for one that is lost or follows nobody."""
    while True:
        try:
            with connections[alias].cursor() as cursor:
                cursor.execute(_REACHED, {"place": place})
                has_it: bool | None = cursor.fetchone()[0]
        except DatabaseTrouble:
            return None
        if has_it is not False or time.monotonic() >= until:
            return has_it
        time.sleep(_LOOK_SECONDS)


def _ask(sql: str) -> Any:
    """One value from the primary."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return row[0] if row else None
