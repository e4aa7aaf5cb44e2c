"""How large a picture may be, told from its headers."""

from django.conf import settings
from PIL import Image

from common.errors import Invalid
from common.images.animation import Animation, read_gif, read_webp
from common.images.sniffing import DAMAGED

# Bytes that the decoders hold for each pixel, as measured; a baseline JPEG is made smaller on the way.
_BYTES_PER_PIXEL = {"jpeg": 1, "png": 4, "gif": 4, "webp": 16}
_PROGRESSIVE_BYTES = 2  # for each pixel and colour: such a JPEG is complete only at its end
_NAMES = {"jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WebP"}
# A picture has about ten scans. Each costs a walk over the whole picture, so thousands are an attack.
_JPEG_MAX_SCANS = 100
_START_OF_SCAN = b"\xff\xda"


def check_size(image: Image.Image, kind: str, data: bytes) -> int:
    """Bytes of memory that decoding takes.

    Raises Invalid beyond PICTURE_MAX_PIXELS or PICTURE_MAX_MEMORY.
    """
    pixels = image.width * image.height
    if pixels > settings.PICTURE_MAX_PIXELS:
        raise Invalid(too_many_pixels())
    if kind == "jpeg" and data.count(_START_OF_SCAN) > _JPEG_MAX_SCANS:
        raise Invalid(DAMAGED)
    each = _BYTES_PER_PIXEL[kind]
    if kind == "jpeg" and image.info.get("progressive"):
        each += _PROGRESSIVE_BYTES * len(image.getbands())
    if pixels * each > settings.PICTURE_MAX_MEMORY:
        raise Invalid(too_many_pixels(settings.PICTURE_MAX_MEMORY // each, f" for such a {_NAMES[kind]}"))
    return pixels * each


def too_many_pixels(most: int = 0, kind: str = "") -> str:
    """The sentence for it; `most` pixels are possible for that kind, or PICTURE_MAX_PIXELS for all."""
    most = most or settings.PICTURE_MAX_PIXELS
    return (
        "This picture has too many pixels. "
        f"At most {most // 1_000_000} megapixels are possible{kind}; make it smaller, then try again."
    )


def count_frames(kind: str, data: bytes) -> int:
    """Frames of the animation; 1 for a still picture. Raises Invalid for more than we show."""
    if kind not in {"gif", "webp"}:
        return 1
    animation = read_gif(data) if kind == "gif" else read_webp(data)
    if animation.frames > settings.PICTURE_MAX_FRAMES:
        raise Invalid(
            f"This animation has {animation.frames} frames; "
            f"at most {settings.PICTURE_MAX_FRAMES} are possible. Shorten it, then try again."
        )
    if animation.frames > 1:
        _check_canvas(animation)
    return animation.frames


def _check_canvas(animation: Animation) -> None:
    side = settings.PICTURE_MAX_ANIMATED_SIDE
    if max(animation.width, animation.height) > side:
        raise Invalid(
            f"This animation is {animation.width} × {animation.height} pixels; "
            f"at most {side} on each side are possible. Make it smaller, then try again."
        )
    if animation.width * animation.height * animation.frames > settings.PICTURE_MAX_ANIMATED_PIXELS:
        raise Invalid("This animation is too large: make it shorter or smaller, then try again.")
