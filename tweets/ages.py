"""When something was said, in the words of a card."""

from datetime import datetime
from time import time

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MINUTE, _HOUR, _DAY = 60, 3600, 86400  # seconds


def age_of(moment: datetime) -> str:
    """How long ago, now."""
    return age_at(moment, time())


def in_full(moment: datetime) -> str:
    """The moment itself: 12 Mar 2025, 09:30 UTC."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M} UTC"


def age_at(moment: datetime, now: float) -> str:
    """How long ago, as short as a card wants it: now, 5m, 3h, 12 Mar, 12 Mar 2025."""
    seconds = now - moment.timestamp()
    if seconds < _MINUTE:
        return "now"
    if seconds < _HOUR:
        return f"{int(seconds // _MINUTE)}m"
    if seconds < _DAY:
        return f"{int(seconds // _HOUR)}h"
    day = f"{moment.day} {_MONTHS[moment.month - 1]}"
    is_recent = moment.year == datetime.fromtimestamp(now, tz=moment.tzinfo).year
    return day if is_recent else f"{day} {moment.year}"
