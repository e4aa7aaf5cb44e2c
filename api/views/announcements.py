"""What staff tell everybody."""

from django.http import HttpResponse

from api.answers import answer
from api.authentication import ApiRequest
from api.described import takes
from api.inputs.fields import Flag, Input
from api.shapes.announcements import announcement
from server.actions import dismiss as dismiss_announcement
from server.queries import announcement_by_id, current_announcements


class AnnouncementsInput(Input):
    with_dismissed = Flag(default=False)


@takes(AnnouncementsInput)
def index(request: ApiRequest) -> HttpResponse:
    """Those in force, the latest first."""
    with_read = AnnouncementsInput.read(request)["with_dismissed"]
    return answer([announcement(told) for told in current_announcements(request.user, with_read=with_read)])


def dismiss(request: ApiRequest, announcement_id: int) -> HttpResponse:
    """The person has read it."""
    dismiss_announcement(request.user, announcement_by_id(announcement_id))
    return answer({})
