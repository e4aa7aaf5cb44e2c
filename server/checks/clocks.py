"""What time it is: here, at the database, and whether somebody keeps this machine's clock right."""

import ctypes
import time

from django.utils import timezone

from server.checks import databases
from server.checks.finding import Finding, Visit, bad, good, warning

_FEW_SECONDS, _MANY_SECONDS = 2.0, 30.0  # a code of the second step holds for half a minute
_TIMEX_BYTES = 512  # more than struct timex has on any Linux
_TIME_ERROR = 5  # what adjtimex(2) returns for a clock that nobody keeps
_SET_IT = "Turn time synchronisation on (timedatectl set-ntp true, or chrony) on every machine of the site."


def look_at_clock(visit: Visit) -> Finding:
    """Codes, links, sessions and jobs go by the clock; where two differ they end too early or too late."""
    apart = database_is_ahead()
    if abs(apart) >= _FEW_SECONDS:
        which = "ahead of" if apart > 0 else "behind"
        found = f"The database is {abs(apart):.0f} seconds {which} this machine."
        return bad(found, _SET_IT) if abs(apart) >= _MANY_SECONDS else warning(found, _SET_IT)
    kept = is_kept()
    if kept is False:
        return warning("The system says that nobody keeps this machine's clock right.", _SET_IT)
    by = "The system keeps the clock right" if kept else "The system does not say whether the clock is kept"
    return good(f"{by}, and the database goes by the same.")


def database_is_ahead() -> float:
    """Seconds, judged by the middle of one question. SQLite has no clock of its own: 0."""
    databases.moment()  # so that opening the line does not count
    began, before = time.monotonic(), timezone.now()
    theirs = databases.moment()
    took = time.monotonic() - began
    return (theirs - before).total_seconds() - took / 2 if theirs else 0.0


def is_kept() -> bool | None:
    """What the kernel knows of its own clock; None where it cannot be asked."""
    try:
        asked: int = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES))
    except (OSError, AttributeError):
        return None
    return None if asked < 0 else asked != _TIME_ERROR
