"""The clocks of the world, by the names that everybody's systems know them by."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings

from accounts.models import User

_AREAS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)


@cache
def zone_names() -> tuple[str, ...]:
    """Places, sorted, and UTC; not the shorthands that fit nobody's map."""
    return (*sorted(name for name in available_timezones() if name.startswith(_AREAS)), "UTC")


def zone_of(person: User) -> ZoneInfo:
    """The person's own, or the server's while it is unknown."""
    name = person.time_zone
    return ZoneInfo(name if name in zone_names() else settings.TIME_ZONE)
