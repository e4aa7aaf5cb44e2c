"""Queries counted and timed; slow ones are logged, with their SQL and without the values in it.

The time is until the database has an answer. SQLite finds further rows while they are fetched, which is
not in it.
"""

import logging
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connections

from common.watching.tally import current

logger = logging.getLogger("slow_query")

_LONGEST_SHOWN = 2000  # characters of SQL


def watch_connections() -> None:
    """From now on, what this thread asks of any database is counted whenever there is a tally."""
    for alias in settings.DATABASES:
        wrappers = connections[alias].execute_wrappers
        if _timed not in wrappers:
            wrappers.insert(0, _timed)


def _timed(execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
    tally = current()
    if tally is None:
        return execute(sql, parameters, many, context)
    began = perf_counter()
    try:
        return execute(sql, parameters, many, context)
    finally:
        seconds = perf_counter() - began
        tally.queries += 1
        tally.query_seconds += seconds
        if tally.statements is not None:
            tally.statements.append((str(sql), seconds))
        if settings.SLOW_QUERY_MS and seconds * 1000 >= settings.SLOW_QUERY_MS:
            _tell(str(sql), seconds)


def _tell(sql: str, seconds: float) -> None:
    facts = {"ms": round(seconds * 1000, 1), "sql": " ".join(sql.split())[:_LONGEST_SHOWN]}
    logger.warning("A query took %.0f ms.", facts["ms"], extra={"facts": facts})
