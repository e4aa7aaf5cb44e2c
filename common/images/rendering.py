"""Pictures drawn anew: upright, in sRGB, of a size we chose, with nothing of the old file but its pixels.

Memory stays bounded: JPEG is decoded at a fraction of its size where that is enough, everything else
is made smaller strip by strip, and no more than two pictures of a process are decoded at one time.
"""

import threading
from io import BytesIO

import blurhash
from PIL import Image, ImageCms

from common.images.inspection import Picture, decoding, open_image

_AT_ONCE = threading.BoundedSemaphore(2)  # a picture of 40 megapixels needs some 200 MB
_STRIP_PIXELS = 4_000_000
_GAP = 2  # how many times larger than wanted the picture is before the last, careful resizing
_BLURHASH_SIDE = 32  # pixels; the encoder is pure Python
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SAVE: dict[str, dict[str, int | bool]] = {
    "jpeg": {"quality": 85, "optimize": True, "progressive": True},
    "png": {"compress_level": 6},
    "webp": {"quality": 80, "method": 4},
}


def shrink(picture: Picture, longest_side: int) -> Image.Image:
    """The first frame as an RGB or RGBA image whose longest side is at most so many pixels.

    Every byte is decoded on the way. Raises Invalid when the picture turns out to be damaged.
    """
    with _AT_ONCE, decoding(), open_image(picture.data) as image:
        width, height = fit_within(image.size, longest_side)
        image.draft(None, (width * _GAP, height * _GAP))  # JPEG only; others ignore it
        profile = image.info.get("icc_profile", b"")
        small = _reduce(image, width, height)
        small = _to_srgb(small, profile)
        if small.size != (width, height):
            small = small.resize((width, height), Image.Resampling.LANCZOS)
        if picture.orientation in _UPRIGHT:
            small = small.transpose(_UPRIGHT[picture.orientation])
    if small.mode == "RGBA" and small.getchannel("A").getextrema() == (255, 255):
        small = small.convert("RGB")
    small.info.clear()  # encoders would copy comments and profiles from here
    return small


def encode(image: Image.Image, kind: str) -> bytes:
    """The image as a “jpeg”, “png” or “webp” file that holds pixels and nothing else."""
    out = BytesIO()
    image.save(out, format=kind.upper(), **_SAVE[kind])
    return out.getvalue()


def has_alpha(image: Image.Image) -> bool:
    return image.mode == "RGBA"


def fit_within(size: tuple[int, int], longest_side: int) -> tuple[int, int]:
    """That size, made smaller in proportion until its longest side fits; never larger, never below 1."""
    width, height = size
    scale = min(1.0, longest_side / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def blurhash_of(image: Image.Image) -> str:
    """A few characters that stand for the picture while it loads (the BlurHash encoding)."""
    tiny = image.convert("RGB").resize(fit_within(image.size, _BLURHASH_SIDE))
    width, height = tiny.size
    pixels = list(tiny.getdata())
    rows = [pixels[row * width : (row + 1) * width] for row in range(height)]
    across, down = (4, 3) if width >= height else (3, 4)
    return str(blurhash.encode(rows, components_x=across, components_y=down))


def _reduce(image: Image.Image, width: int, height: int) -> Image.Image:
    """Make a large image smaller by a whole number, one strip at a time.

    In one piece Pillow would hold a second copy of all pixels while it converts them.
    """
    image.load()
    factor = min(image.width // (width * _GAP), image.height // (height * _GAP))
    if factor < 2:
        return _simple_mode(image)
    rows = max(factor, _STRIP_PIXELS // image.width // factor * factor)
    reduced: Image.Image | None = None
    for top in range(0, image.height, rows):
        strip = _simple_mode(image.crop((0, top, image.width, min(top + rows, image.height)))).reduce(factor)
        if reduced is None:
            reduced = Image.new(strip.mode, (strip.width, -(-image.height // factor)))
        reduced.paste(strip, (0, top // factor))
    assert reduced is not None  # noqa: S101  an image has at least one row
    return reduced


def _simple_mode(image: Image.Image) -> Image.Image:
    """As L, RGB, RGBA or CMYK: what resizing and colour profiles understand."""
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """By the picture's own colour profile if that is usable, otherwise by the usual rules."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            opaque = image.convert("RGB") if mode == "RGBA" else image
            changed = ImageCms.profileToProfile(opaque, own, _srgb(), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            changed = None  # a wrong profile is worse than none
        if changed is not None:
            if mode == "RGBA":
                changed.putalpha(image.getchannel("A"))
            return changed
    return image.convert(mode)


def _srgb() -> ImageCms.ImageCmsProfile:
    # A fresh one each time: the library's profiles are not to be shared between threads.
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
