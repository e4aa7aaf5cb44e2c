"""When a tweet is to be posted: a time as people write it, in the zone of their clock."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from accounts.time_zones import zone_names, zone_of
from common.errors import Invalid

_WRITTEN = "%Y-%m-%dT%H:%M"  # what a field for date and time sends


@dataclass(slots=True)
class Timing:
    """`value` is the time as it stands in the form, `zone` the name of the zone it is meant in.

    `asks_zone` while nobody knows where its author's clock is; `is_needed` where a time is to be changed.
    """

    value: str = ""
    zone: str = ""
    asks_zone: bool = False
    is_open: bool = False
    is_needed: bool = False
    errors: list[str] = field(default_factory=list)

    @classmethod
    def blank(cls, author: User) -> Self:
        return cls(zone=author.time_zone, asks_zone=not author.time_zone)

    @classmethod
    def sent(cls, post: QueryDict, author: User) -> Self:
        timing = cls.blank(author)
        timing.value = post.get("post_at", "").strip()
        if timing.asks_zone:
            timing.zone = post.get("zone", "")
        timing.is_open = bool(timing.value) or post.get("open") == "schedule"
        return timing

    @classmethod
    def of(cls, moment: datetime, author: User) -> Self:
        timing = cls.blank(author)
        timing.value, timing.is_open = moment.astimezone(zone_of(author)).strftime(_WRITTEN), True
        return timing

    @property
    def zones(self) -> tuple[str, ...]:
        return zone_names()

    @property
    def earliest(self) -> str:
        """What the field offers first: a time that stands already may stay, however near.

        A day early while the zone is unknown; the server knows better.
        """
        soonest = self._limit(timedelta(minutes=settings.SCHEDULED_AHEAD_MINUTES))
        return min(self.value, soonest) if self.is_needed and self.value else soonest

    @property
    def latest(self) -> str:
        return self._limit(timedelta(days=settings.SCHEDULED_AHEAD_DAYS))

    @property
    def shown_zone(self) -> str:
        return shown_zone(self.zone)

    def _limit(self, ahead: timedelta) -> str:
        zone = ZoneInfo(self.zone) if self.zone in zone_names() else UTC
        return (timezone.now() + ahead).astimezone(zone).strftime(_WRITTEN)

    def moment(self) -> datetime:
        """The moment that is meant. Raises Invalid with a sentence when there is none."""
        if self.zone not in zone_names():
            raise Invalid("Choose your time zone, so that the time is yours.", field="zone")
        zone = ZoneInfo(self.zone)
        try:
            written = datetime.strptime(self.value.replace(" ", "T")[:16], _WRITTEN)  # noqa: DTZ007  its zone follows
            moment = written.replace(tzinfo=zone).astimezone(UTC)
            if moment.astimezone(zone).replace(tzinfo=None) != written:
                raise Invalid(
                    f"At {written:%H:%M} the clocks in {shown_zone(self.zone)} are set ahead that day, and "
                    "this time is left out. Choose one before or after.",
                    field="post_at",
                )
        except (ValueError, OverflowError):
            raise Invalid("Write date and time like 2027-03-28 18:30.", field="post_at") from None
        return moment


def shown_time(moment: datetime, person: User) -> str:
    """In the person's own zone, with the name that it has there then: in autumn an hour comes twice."""
    there = moment.astimezone(zone_of(person))
    return f"{there:%a} {there.day} {there:%B %Y, %H:%M %Z}"


def comes_twice(moment: datetime, person: User) -> bool:
    """Whether clocks are set back, so that they show this time again an hour later."""
    there = moment.astimezone(zone_of(person))
    return there.replace(fold=0).utcoffset() != there.replace(fold=1).utcoffset()


def shown_zone(name: str) -> str:
    return name.replace("_", " ")
