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
from common.images.animation import Animation, read_gif, read_webp

FORMATS = {"JPEG": "jpeg", "MPO": "jpeg", "PNG": "png", "GIF": "gif", "WEBP": "webp"}
DAMAGED = "This picture is damaged or did not arrive completely. Save it anew, or choose another one."
_DECODERS = ("JPEG", "PNG", "GIF", "WEBP")  # Pillow knows dozens more, each a way in
_ORIENTATION = 0x0112  # EXIF
_SIDEWAYS = {5, 6, 7, 8}
# A picture has about ten scans. Each costs a walk over the whole picture, so thousands are an attack.
_JPEG_MAX_SCANS = 100
_START_OF_SCAN = b"\xff\xda"

# What people send by mistake, by the first bytes: (where, bytes, what it is).
_OTHERS = (
    (0, b"%PDF", "a PDF document"),
    (0, b"BM", "a BMP picture"),
    (0, b"II*\x00", "a TIFF picture"),
    (0, b"MM\x00*", "a TIFF picture"),
    (0, b"\x00\x00\x01\x00", "an icon file"),
    (0, b"8BPS", "a Photoshop file"),
    (0, b"PK\x03\x04", "a ZIP archive or an office document"),
    (0, b"\x1f\x8b", "a compressed file"),
    (0, b"MZ", "a program"),
    (0, b"\x7fELF", "a program"),
    (0, b"\x1aE\xdf\xa3", "a video"),
    (4, b"ftypheic", "a HEIC picture"),
    (4, b"ftypheix", "a HEIC picture"),
    (4, b"ftypmif1", "a HEIF picture"),
    (4, b"ftypavif", "an AVIF picture"),
    (4, b"ftypavis", "an AVIF picture"),
    (4, b"ftypqt", "a video"),
    (4, b"ftyp", "a video"),
)


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

    @property
    def is_animated(self) -> bool:
        return self.frames > 1


def inspect(file: Readable) -> Picture:
    """Tell what the file is by its headers; that it is whole shows when `shrink` decodes it.

    Raises Invalid, with a sentence that says why: nothing in it, more than PICTURE_MAX_BYTES, not a
    picture of the four formats, more than PICTURE_MAX_PIXELS, too long or too large an animation.
    """
    data = _read(file)
    with decoding(), open_image(data) as image:
        width, height = image.size
        _refuse_giant(width, height)
        kind = FORMATS[image.format or ""]
        if kind == "jpeg" and data.count(_START_OF_SCAN) > _JPEG_MAX_SCANS:
            raise Invalid(DAMAGED)
        animation = _animation(kind, data)
        orientation = _orientation(image)
    if orientation in _SIDEWAYS:
        width, height = height, width
    return Picture(
        data=data,
        format=kind,
        width=width,
        height=height,
        orientation=orientation,
        frames=animation.frames if animation else 1,
    )


@contextmanager
def decoding() -> Iterator[None]:
    """Whatever a decoder throws at hostile bytes becomes one Invalid with a sentence."""
    try:
        yield
    except HouseError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Invalid(_too_many_pixels()) from None
    except Exception as error:  # decoders raise nearly every kind there is
        raise Invalid(DAMAGED) from error


def open_image(data: bytes) -> Image.Image:
    """The image behind the bytes, its header read, its pixels not yet. Raises Invalid for other formats."""
    try:
        return Image.open(BytesIO(data), formats=_DECODERS)
    except UnidentifiedImageError:
        raise Invalid(_what_else(data)) from None


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


def _refuse_giant(width: int, height: int) -> None:
    if width * height > settings.PICTURE_MAX_PIXELS:
        raise Invalid(_too_many_pixels())


def _orientation(image: Image.Image) -> int:
    try:
        orientation = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001  broken notes do not make a broken picture
        return 1
    return orientation if orientation in range(1, 9) else 1


def _too_many_pixels() -> str:
    return (
        "This picture has too many pixels. "
        f"At most {settings.PICTURE_MAX_PIXELS // 1_000_000} megapixels are possible; "
        "make it smaller, then try again."
    )


def _animation(kind: str, data: bytes) -> Animation | None:
    """The animation in the file, if it is one. Raises Invalid when it is more than we show."""
    if kind == "gif":
        animation = read_gif(data)
    elif kind == "webp":
        animation = read_webp(data)
    else:
        return None
    if animation.frames > settings.PICTURE_MAX_FRAMES:
        raise Invalid(
            f"This animation has {animation.frames} frames; "
            f"at most {settings.PICTURE_MAX_FRAMES} are possible. Shorten it, then try again."
        )
    if animation.frames > 1:
        _refuse_large(animation)
    return animation


def _refuse_large(animation: Animation) -> None:
    side = settings.PICTURE_MAX_ANIMATED_SIDE
    if max(animation.width, animation.height) > side:
        raise Invalid(
            f"This animation is {animation.width} × {animation.height} pixels; "
            f"at most {side} on each side are possible. Make it smaller, then try again."
        )
    if animation.width * animation.height * animation.frames > settings.PICTURE_MAX_ANIMATED_PIXELS:
        raise Invalid("This animation is too large: make it shorter or smaller, then try again.")


def _what_else(data: bytes) -> str:
    return f"{_described(data)} Pictures can be JPEG, PNG, GIF or WebP."


def _described(data: bytes) -> str:
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in data[:4096].lower():
        return "This is an SVG drawing, which can hold programs."
    if start.startswith(b"<"):
        return "This is a text or web page, not a picture."
    for place, mark, name in _OTHERS:
        if data.startswith(mark, place):
            return f"This is {name}."
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF")):
        return DAMAGED
    return "This is not a picture."


# Pillow only warns between once and twice its limit; for us once is too much.
Image.MAX_IMAGE_PIXELS = settings.PICTURE_MAX_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
