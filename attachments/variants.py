"""Which files a picture becomes: a card and a full view, each also as WebP where that is smaller."""

from dataclasses import dataclass

from django.conf import settings
from PIL import Image

from attachments import files
from common.errors import Invalid
from common.images import Picture, clean_animation, encode, fit_within, has_alpha, shrink

_EXTENSIONS = {"jpeg": "jpg", "png": "png"}
_DRAWN = {"png", "gif"}  # formats that screenshots and drawings come in


@dataclass(frozen=True, slots=True)
class File:
    field: str  # of Attachment, which remembers the name
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Variants:
    files: list[File]
    is_animated: bool


def draw(picture: Picture, stem: str) -> Variants:
    """Draw every file of the picture, named after the stem. Raises Invalid when it is damaged.

    The card is always still; the full view of an animation moves. A picture no larger than a card
    has no full view of its own, and an animation with a broken frame becomes a still picture.
    """
    full = shrink(picture, settings.PICTURE_FULL_SIDE)
    card = _card_of(full)
    made = _still(card, picture, stem, "card")
    moving = _moving(picture, stem)
    if moving:
        made.append(moving)
    elif full.size != card.size:
        made += _still(full, picture, stem, "full")
    return Variants(made, is_animated=moving is not None)


def draw_still(picture: Picture, stem: str, longest_side: int) -> tuple[Image.Image, list[File]]:
    """A card alone, of at most so many pixels. Raises Invalid when the picture is damaged."""
    card = shrink(picture, longest_side)
    return card, _still(card, picture, stem, "card")


def _card_of(full: Image.Image) -> Image.Image:
    size = fit_within(full.size, settings.PICTURE_CARD_SIDE)
    return full if size == full.size else full.resize(size, Image.Resampling.LANCZOS)


def _still(image: Image.Image, picture: Picture, stem: str, field: str) -> list[File]:
    kind, content = _best(image, picture)
    endings = {"card": (files.CARD, files.CARD_WEBP), "full": (files.FULL, files.FULL_WEBP)}[field]
    made = [File(field, f"{stem}{endings[0]}.{_EXTENSIONS[kind]}", content)]
    webp = encode(image, "webp")
    if len(webp) < len(content):
        made.append(File(f"{field}_webp", stem + endings[1], webp))
    return made


def _best(image: Image.Image, picture: Picture) -> tuple[str, bytes]:
    """PNG where something shines through, or where a drawing is smaller so; otherwise JPEG."""
    if has_alpha(image):
        return "png", encode(image, "png")
    photo = encode(image, "jpeg")
    if picture.format in _DRAWN:
        drawing = encode(image, "png")
        if len(drawing) < len(photo):
            return "png", drawing
    return "jpeg", photo


def _moving(picture: Picture, stem: str) -> File | None:
    if not picture.is_animated:
        return None
    try:
        return File("full", f"{stem}{files.FULL}.{picture.format}", clean_animation(picture))
    except Invalid:
        return None
