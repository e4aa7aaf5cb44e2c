"""What staff tell everybody."""

from django.http import HttpResponse

from api.answers import answer
from api.authentication import ApiRequest
from api.described import takes
from api.inputs.fields import Flag, Input
from api.shapes.announcements import announcement
from server.actions import dismiss as dismiss_announcement
from server.actions import react as react_to_announcement
from server.actions import stop_reacting
from server.queries import announcement_by_id, current_announcements, with_reactions


class AnnouncementsInput(Input):
    with_dismissed = Flag(default=False)


@takes(AnnouncementsInput)
def index(request: ApiRequest) -> HttpResponse:
    """Those in force, the latest first."""
    with_read = AnnouncementsInput.read(request)["with_dismissed"]
    told = with_reactions(current_announcements(request.user, with_read=with_read), request.user)
    return answer([announcement(one) for one in told])


def dismiss(request: ApiRequest, announcement_id: int) -> HttpResponse:
    """The person has read it."""
    dismiss_announcement(request.user, announcement_by_id(announcement_id))
    return answer({})


def react(request: ApiRequest, announcement_id: int, name: str) -> HttpResponse:
    """Put an emoji under it."""
    react_to_announcement(request.user, announcement_id, name)
    return answer({})


def unreact(request: ApiRequest, announcement_id: int, name: str) -> HttpResponse:
    """Take one's emoji away."""
    stop_reacting(request.user, announcement_id, name)
    return answer({})
