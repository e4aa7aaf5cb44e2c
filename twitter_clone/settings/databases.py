"""Where rows are kept, chosen by the environment: SQLite, or PostgreSQL with or without replicas."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from twitter_clone import env

Database = dict[str, Any]

_SQLITE, _POSTGRESQL = "common.sqlite", "common.postgresql"  # Django's with what we need beside
_OURS = {"django.db.backends.sqlite3": _SQLITE, "django.db.backends.postgresql": _POSTGRESQL}
# Nobody waits for ever on a server that is gone without a word: seconds, the last one in milliseconds.
_PATIENCE = {
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 15_000,
}
# Our queries read few rows by index. Compiling one first can take longer than running it, by seconds; and on
# disks without arms a row by index costs hardly more than the next one: with the server's own 4.0 it would
# rather read whole tables of some thousand rows. What the server keeps (common/prepared) is planned once for
# all values: it has the same index for each of them, and planning a page of home took ten times as long as
# reading it.
_PLANNING = "-c jit=off -c random_page_cost=1.1 -c plan_cache_mode=force_generic_plan"
_NEVER = 10**9  # asked the same: what is kept on the server is what common/prepared wants kept


def choose(data_dir: Path) -> dict[str, Database]:
    """Django's DATABASES: “default” is the primary, every other one a replica.

    Raises ImproperlyConfigured when an address or a word is not understood, or they contradict each other.
    """
    is_pooled = _is_pooled()
    url = env.text("DATABASE_URL", f"sqlite:///{data_dir / 'db.sqlite3'}")
    primary = _database("DATABASE_URL", url)
    urls = [url.strip() for url in env.text("DATABASE_REPLICA_URLS").split(",") if url.strip()]
    replicas = [_database("DATABASE_REPLICA_URLS", url) for url in urls]
    if any(one["ENGINE"] == _SQLITE for one in [primary, *replicas]):
        if replicas:
            raise ImproperlyConfigured(
                "DATABASE_REPLICA_URLS is set, but only PostgreSQL has replicas:"
                " DATABASE_URL and every replica must be an address of PostgreSQL."
            )
        if is_pooled:
            raise ImproperlyConfigured(
                "DATABASE_POOLER stands in front of PostgreSQL, and DATABASE_URL is SQLite."
            )
        return {"default": {**primary, **_sqlite()}}
    named = {
        f"replica{number}": {**one, "TEST": {"MIRROR": "default"}} for number, one in enumerate(replicas, 1)
    }
    return {
        name: _postgresql(one, is_pooled=is_pooled) for name, one in {"default": primary, **named}.items()
    }


def _database(variable: str, url: str) -> Database:
    try:
        found: Database = {**dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)}
    except ValueError:
        found = {}
    if found.get("ENGINE") not in _OURS:
        # The address itself is not repeated: it may hold a password.
        raise ImproperlyConfigured(
            f"{variable} names no database we know;"
            " write sqlite:////absolute/path or postgres://user:password@host:5432/name."
        )
    return {**found, "ENGINE": _OURS[found["ENGINE"]]}


def _is_pooled() -> bool:
    kind = env.text("DATABASE_POOLER").lower()
    if kind not in {"", "transaction"}:
        raise ImproperlyConfigured(
            f"DATABASE_POOLER is “{kind}”; write transaction, or nothing for a pooler of whole sessions."
        )
    return kind == "transaction"


def _sqlite() -> Database:
    synchronous = env.text("SQLITE_SYNCHRONOUS", "FULL").upper()
    if synchronous not in {"FULL", "NORMAL"}:
        raise ImproperlyConfigured(
            "SQLITE_SYNCHRONOUS is either FULL (safe in a power cut) or NORMAL (faster)."
        )
    options = {
        "transaction_mode": "IMMEDIATE",  # DEFERRED loses writes to “database is locked” under load
        "timeout": 10,  # seconds a writer waits for another
        "init_command": (
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous};"
            "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;"
        ),
    }
    return {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False, "OPTIONS": options}


def _postgresql(found: Database, *, is_pooled: bool) -> Database:
    asked = found.get("OPTIONS", {})
    if is_pooled:  # each transaction has another session: nothing may be left in one, or expected there
        options = {**_PATIENCE, **asked, "prepare_threshold": None}
        return {**found, "DISABLE_SERVER_SIDE_CURSORS": True, "OPTIONS": options}
    return {**found, "OPTIONS": {**_PATIENCE, "options": _PLANNING, "prepare_threshold": _NEVER, **asked}}
