"""How far one has read."""

from collections.abc import Iterable

from accounts.models import User
from timelines.models import ReadMarker


def markers_of(person: User, timelines: Iterable[str]) -> list[ReadMarker]:
    """Of these timelines, as far as any was marked. One query."""
    return list(ReadMarker.objects.filter(person=person, timeline__in=list(timelines)))
