"""What a file really is, told from its content alone, before a single pixel is decoded."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Protocol

from django.conf import settings
from PIL import Image, UnidentifiedImageError

from common.errors import HouseError, Invalid
from common.images.limits import check_size, count_frames, too_many_pixels
from common.images.sniffing import DAMAGED, describe_foreign

FORMATS = {"JPEG": "jpeg", "MPO": "jpeg", "PNG": "png", "GIF": "gif", "WEBP": "webp"}
_DECODERS = ("JPEG", "PNG", "GIF", "WEBP")  # Pillow knows dozens more, each a way in
_ORIENTATION = 0x0112  # EXIF
_SIDEWAYS = {5, 6, 7, 8}
_HEAVY = 64 * 1024 * 1024  # bytes


class Readable(Protocol):
    """Anything with bytes to read: an uploaded file, an open file, BytesIO."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Picture:
    """A file that may be decoded: one of four formats, within every limit. Sizes in pixels, upright."""

    data: bytes = field(repr=False)
    format: str  # jpeg, png, gif or webp
    width: int
    height: int
    orientation: int  # EXIF's number; 1 is upright
    frames: int
    is_heavy: bool  # takes so much memory to decode that one at a time is enough

    @property
    def is_animated(self) -> bool:
        return self.frames > 1


def inspect(file: Readable) -> Picture:
    """Tell what the file is by its headers; that it is whole shows when `shrink` decodes it.

    Raises Invalid, with a sentence that says why: nothing in it, more than PICTURE_MAX_BYTES, not a
    picture of the four formats, more than PICTURE_MAX_PIXELS or PICTURE_MAX_MEMORY, too long or too
    large an animation.
    """
    data = _read(file)
    with decoding(), open_image(data) as image:
        width, height = image.size
        kind = FORMATS[image.format or ""]
        memory = check_size(image, kind, data)
        frames = count_frames(kind, data)
        orientation = _orientation(image)
    if orientation in _SIDEWAYS:
        width, height = height, width
    return Picture(
        data=data,
        format=kind,
        width=width,
        height=height,
        orientation=orientation,
        frames=frames,
        is_heavy=memory > _HEAVY,
    )


@contextmanager
def decoding() -> Iterator[None]:
    """Whatever a decoder throws at hostile bytes becomes one Invalid with a sentence."""
    try:
        yield
    except HouseError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Invalid(too_many_pixels()) from None
    except Exception as error:  # decoders raise nearly every kind there is
        raise Invalid(DAMAGED) from error


def open_image(data: bytes) -> Image.Image:
    """The image behind the bytes, its header read, its pixels not yet. Raises Invalid for other formats."""
    try:
        return Image.open(BytesIO(data), formats=_DECODERS)
    except UnidentifiedImageError:
        raise Invalid(f"{describe_foreign(data)} Pictures can be JPEG, PNG, GIF or WebP.") from None


def _read(file: Readable) -> bytes:
    limit = settings.PICTURE_MAX_BYTES
    data = file.read(limit + 1)
    if not data:
        raise Invalid("This file is empty. Choose a picture.")
    if len(data) > limit:
        raise Invalid(
            f"This picture is larger than {limit // 1024 // 1024} MB. Make it smaller, then try again."
        )
    return data


def _orientation(image: Image.Image) -> int:
    """By the notes in the header; `image.getexif()` would decode a whole PNG in search of some."""
    notes = Image.Exif()
    try:
        notes.load(image.info.get("exif", b""))
        orientation = notes.get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001  broken notes do not make a broken picture
        return 1
    return orientation if orientation in range(1, 9) else 1


# Pillow only warns between once and twice its limit; for us once is too much.
Image.MAX_IMAGE_PIXELS = settings.PICTURE_MAX_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
