"""Moments as cards tell them: how long ago, how long still, and the whole of it."""

from datetime import datetime

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MINUTE, _HOUR, _DAY = 60, 3600, 86400  # seconds
_UNITS = ((_DAY, "day"), (_HOUR, "hour"), (_MINUTE, "minute"))


def age_of(moment: datetime, now: float) -> str:
    """How long ago, as short as a card wants it: now, 5m, 3h, 12 Mar, 12 Mar 2025; `now` in seconds."""
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


def time_left(seconds: float) -> str:
    """How long it still goes on, in words, rounded to the unit that it names; "" if it is over."""
    if seconds <= 0:
        return ""
    seconds = -(-seconds // _MINUTE) * _MINUTE  # a poll of a day begins with "1 day left"
    size, word = next(unit for unit in _UNITS if seconds >= unit[0])
    number = int(seconds / size + 0.5)
    return f"{number} {word}{'s' if number > 1 else ''} left"


def full_time(moment: datetime) -> str:
    """Day and minute, in the moment's own time zone, which is UTC."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M} UTC"
