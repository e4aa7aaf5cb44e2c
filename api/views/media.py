"""Pictures before they belong to a tweet: taken in, looked after, described, thrown away."""

from django.db import transaction
from django.http import HttpResponse

from api.answers import answer
from api.authentication import ApiRequest
from api.described import takes
from api.inputs.fields import Input, Text
from api.inputs.media import Focus, Upload
from api.shapes.media import media
from attachments.actions import check_focus, describe, discard_unused, point_at, process, upload
from attachments.models import Attachment
from attachments.queries import unused_by_id


class _UploadInput(Input):
    """A `thumbnail` of one's own is not read: pictures are their own."""

    file = Upload()
    description = Text(default="", allow_null=True)
    focus = Focus(default=None, allow_null=True)


class _MediaInput(Input):
    description = Text(default=None, allow_null=True)
    focus = Focus(default=None, allow_null=True)


@takes(_UploadInput)
def create(request: ApiRequest) -> HttpResponse:
    """Take in a picture. 202 while its large view is still being made."""
    found = _taken_in(request)
    is_waiting = found.state == Attachment.State.PROCESSING
    return answer(media(found), 202 if is_waiting else 200)


@takes(_UploadInput)
def create_at_once(request: ApiRequest) -> HttpResponse:
    """The older way: the answer comes when the picture is finished."""
    found = _taken_in(request)
    process(found)
    return answer(media(found))


def show(request: ApiRequest, media_id: int) -> HttpResponse:
    """How far it is: 206 while its large view is still being made."""
    found = unused_by_id(request.user, media_id)
    is_waiting = found.state == Attachment.State.PROCESSING
    return answer(media(found), 206 if is_waiting else 200)


@takes(_MediaInput)
def update(request: ApiRequest, media_id: int) -> HttpResponse:
    """Say what it shows, and what matters most in it; what is not sent stays."""
    sent = _MediaInput.read(request)
    found = unused_by_id(request.user, media_id)
    _say(found, sent["description"], sent["focus"])
    return answer(media(found))


def delete(request: ApiRequest, media_id: int) -> HttpResponse:
    """Throw it away, while nothing uses it."""
    discard_unused(request.user, media_id)
    return answer({})


def _taken_in(request: ApiRequest) -> Attachment:
    sent = _UploadInput.read(request)
    if sent["focus"] is not None:
        check_focus(*sent["focus"])  # else a picture that nobody hears of would be kept
    found = upload(request.user, sent["file"], sent["description"] or "")
    _say(found, None, sent["focus"])
    return found


@transaction.atomic
def _say(found: Attachment, description: str | None, focus: tuple[float, float] | None) -> None:
    if description is not None:
        describe(found, description)
    if focus is not None:
        point_at(found, *focus)
