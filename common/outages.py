"""What a failing database means for whoever waits: away for a moment, or full. Doors draw it in their way."""

import errno
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_DISK_FULL, _READ_ONLY = "53100", "25006"  # PostgreSQL's; a primary that became a replica is read only
_SQLITE_FULL = 13
_DEEPEST = 10  # of errors that came of each other


@dataclass(frozen=True, slots=True)
class Outage:
    """Nothing is broken that trying again later would not mend. `about_sent` is for who sent something."""

    status: int
    heading: str
    sentence: str
    about_sent: str
    retry_after_seconds: int


AWAY = Outage(
    status=503,
    heading="Back in a moment",
    sentence="The server cannot reach its data just now. Nothing that was posted is lost."
    " Try again in a few seconds.",
    about_sent="The server cannot reach its data just now, so what you sent may not have been kept."
    " Go back and send it again in a few seconds: nothing is posted twice.",
    retry_after_seconds=5,
)
FULL = Outage(
    status=507,
    heading="No room left",
    sentence="The server's disk is full, so it can keep nothing new. What is there can still be read.",
    about_sent="The server's disk is full, so what you sent was not kept. Go back, copy your words,"
    " and try again later.",
    retry_after_seconds=60,
)


def outage_of(error: BaseException | None) -> Outage | None:
    """What is the matter, if the error came of a database that is away or full; None for any other defect."""
    causes = list(_causes(error))
    if any(map(_is_full, causes)):
        return FULL
    return AWAY if any(map(_is_away, causes)) else None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came of: Django's session turns a failing database into a lost session."""
    for _ in range(_DEEPEST):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return True
    return getattr(error, "sqlstate", "") == _DISK_FULL or (
        getattr(error, "sqlite_errorcode", 0) == _SQLITE_FULL
    )


def _is_away(error: BaseException) -> bool:
    return (
        isinstance(error, OperationalError | InterfaceError) or getattr(error, "sqlstate", "") == _READ_ONLY
    )
