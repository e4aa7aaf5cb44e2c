"""The two pictures of a person: a square one, and a wide one for the head of the profile."""

import math

from django.conf import settings
from PIL import Image, ImageOps

from common.images.inspection import Readable, inspect
from common.images.rendering import encode, shrink

_SIDE_LIMIT = 4000  # pixels; only a very long, narrow picture is cut before it is small enough


def make_avatar(file: Readable) -> tuple[bytes, str]:
    """A square of AVATAR_SIDE pixels from the middle, as content and file extension.

    Raises Invalid as inspect does.
    """
    return _cut(file, settings.AVATAR_SIDE, settings.AVATAR_SIDE)


def make_header(file: Readable) -> tuple[bytes, str]:
    """HEADER_WIDTH × HEADER_HEIGHT pixels from the middle, as content and file extension.

    Raises Invalid as inspect does.
    """
    return _cut(file, settings.HEADER_WIDTH, settings.HEADER_HEIGHT)


def _cut(file: Readable, width: int, height: int) -> tuple[bytes, str]:
    picture = inspect(file)
    # The scale at which the picture just covers the frame tells how large it needs to be decoded.
    scale = max(width / picture.width, height / picture.height)
    side = min(_SIDE_LIMIT, math.ceil(max(picture.width, picture.height) * scale))
    fitted = ImageOps.fit(shrink(picture, side), (width, height), Image.Resampling.LANCZOS)
    return encode(fitted, "webp"), "webp"
