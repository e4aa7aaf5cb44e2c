"""Noting how far one has read."""

from django.db import transaction

from accounts.models import User
from common.errors import Invalid
from timelines.models import ReadMarker


@transaction.atomic
def move_marker(person: User, timeline: str, last_read_id: int) -> ReadMarker:
    """The person has read up to there, further or less far than before. Raises Invalid for odd timelines."""
    if timeline not in ReadMarker.Timeline.values:
        raise Invalid("There is no such timeline to mark.", field="timeline")
    marker, is_new = ReadMarker.objects.select_for_update().get_or_create(
        person=person, timeline=timeline, defaults={"last_read_id": last_read_id}
    )
    if not is_new:
        marker.last_read_id, marker.version = last_read_id, marker.version + 1
        marker.save()
    return marker
