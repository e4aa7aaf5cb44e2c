"""How far one has read, for all of one's apps."""

from typing import Any

from django.http import HttpResponse
from rest_framework import serializers

from api.answers import answer
from api.authentication import ApiRequest
from api.described import takes
from api.inputs.fields import Id, Input, Many
from api.shapes.values import stamp
from notifications.actions import mark_read
from timelines.actions import move_marker
from timelines.models import ReadMarker
from timelines.queries import markers_of

Timeline = ReadMarker.Timeline


class _WantedInput(Input):
    timeline = Many(child=serializers.CharField(max_length=100), default=list)


class _Place(serializers.Serializer[Any]):
    last_read_id = Id()


class _MarkersInput(Input):
    home = _Place(required=False)
    notifications = _Place(required=False)


@takes(_WantedInput)
def index(request: ApiRequest) -> HttpResponse:
    """Where one is, in the timelines that are asked for."""
    wanted = _WantedInput.read(request)["timeline"]
    return answer({row.timeline: _shape(row) for row in markers_of(request.user, wanted)})


@takes(_MarkersInput)
def update(request: ApiRequest) -> HttpResponse:
    """One has read up to there. Notifications up to there count as read, on the site, too."""
    sent = _MarkersInput.read(request)
    moved = {}
    for timeline in Timeline.values:
        if timeline in sent:
            last = sent[timeline]["last_read_id"]
            moved[timeline] = _shape(move_marker(request.user, timeline, last))
            if timeline == Timeline.NOTIFICATIONS:
                mark_read(request.user, up_to=last)
    return answer(moved)


def _shape(row: ReadMarker) -> dict[str, Any]:
    """`Marker`."""
    return {
        "last_read_id": str(row.last_read_id),
        "version": row.version,
        "updated_at": stamp(row.updated_at),
    }
