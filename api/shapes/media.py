"""Pictures: `MediaAttachment`."""

from typing import Any, Protocol

from django.conf import settings
from django.core.files.storage import default_storage

from api.shapes.values import absolute
from attachments.models import Attachment
from tweets.queries import ShownImage


class _Picture(Protocol):
    """The columns that a row of `attachments` and a picture of a tweet share."""

    width: int
    height: int
    description: str
    blurhash: str
    thumb: str
    card: str
    full: str
    focus_x: float
    focus_y: float


def media(picture: Attachment) -> dict[str, Any]:
    """An upload. Its small view is there at once; `url` is null until the large one is made."""
    shape = _shape(picture.pk, picture)
    is_waiting = picture.state == Attachment.State.PROCESSING
    return {**shape, "url": None} if is_waiting else shape


def media_of(picture: ShownImage) -> dict[str, Any]:
    """A picture of a tweet: always with an address, the best there is so far."""
    values = picture[picture._fields.index("attachment__width") :]
    names = (name.removeprefix("attachment__") for name in picture._fields[-len(values) :])
    return _shape(picture.attachment_id, Attachment(**dict(zip(names, values, strict=True))))


def _shape(an_id: int, picture: _Picture) -> dict[str, Any]:
    full = picture.full or picture.card or picture.thumb
    return {
        "id": str(an_id),
        "type": "image",
        "url": absolute(default_storage.url(full)),
        "preview_url": absolute(default_storage.url(picture.card or picture.thumb)),
        "remote_url": None,
        "preview_remote_url": None,
        "text_url": None,
        "meta": {
            "original": _size(picture.width, picture.height, settings.PICTURE_FULL_SIDE),
            "small": _size(picture.width, picture.height, settings.PICTURE_CARD_SIDE),
            "focus": {"x": picture.focus_x, "y": picture.focus_y},
        },
        "description": picture.description or None,
        "blurhash": picture.blurhash or None,
    }


def _size(width: int, height: int, longest: int) -> dict[str, Any]:
    """As large as it is shown, which is never larger than it was."""
    scale = min(1.0, longest / max(width, height))
    width, height = max(1, round(width * scale)), max(1, round(height * scale))
    return {"width": width, "height": height, "size": f"{width}x{height}", "aspect": width / height}
