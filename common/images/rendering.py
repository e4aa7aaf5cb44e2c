"""Pictures drawn anew: upright, in sRGB, of a size we chose, with nothing of the old file but its pixels.

Memory stays bounded: JPEG is decoded at a fraction of its size where that is enough, everything else
is made smaller strip by strip, and a process decodes one heavy picture at a time (see turns).
"""

import math
from io import BytesIO

import blurhash
from PIL import Image, ImageCms

from common.images.animation import read_gif, read_webp
from common.images.inspection import Picture, decoding, open_image
from common.images.turns import turn

_STRIP_PIXELS = 4_000_000
_MARGIN = 3  # rows of the result that Lanczos looks at beyond its own
_GAP = 1.5  # how many times larger than wanted the picture may still be before the last, careful resizing
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

    Every byte is decoded on the way. Raises Invalid when the picture turns out to be damaged, TooMany
    when too many others are being decoded.
    """
    with turn(is_heavy=picture.is_heavy):
        small = _decoded(picture, longest_side)
    if picture.orientation in _UPRIGHT:
        small = small.transpose(_UPRIGHT[picture.orientation])
    if small.mode == "RGBA" and small.getchannel("A").getextrema() == (255, 255):
        small = small.convert("RGB")
    small.info.clear()  # encoders would copy comments and profiles from here
    return small


def clean_animation(picture: Picture) -> bytes:
    """The animation of a GIF or WebP in the same format: its frames as they were, and nothing else.

    Every frame is decoded once as a proof. Raises Invalid when one turns out to be damaged.
    """
    with decoding():
        clean = (read_gif if picture.format == "gif" else read_webp)(picture.data).clean
        with turn(is_heavy=False), open_image(clean) as image:
            for number in range(picture.frames):
                image.seek(number)
                image.load()
    return clean


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
    pixels = list(tiny.get_flattened_data())
    rows = [pixels[row * width : (row + 1) * width] for row in range(height)]
    across, down = (4, 3) if width >= height else (3, 4)
    return str(blurhash.encode(rows, components_x=across, components_y=down))


def _decoded(picture: Picture, longest_side: int) -> Image.Image:
    with decoding(), open_image(picture.data) as image:
        width, height = fit_within(image.size, longest_side)
        image.draft(None, (int(width * _GAP), int(height * _GAP)))  # JPEG only; others ignore it
        profile = image.info.get("icc_profile", b"")
        return _to_srgb(_resize(image, (width, height)), profile)


def _resize(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """To that size, one strip at a time, so that only a strip exists twice while its pixels are converted."""
    image.load()
    width, height = size
    scale = image.height / height
    step = max(1, int(_STRIP_PIXELS / image.width / scale))
    resized: Image.Image | None = None
    for first in range(0, height, step):
        last = min(first + step, height)
        strip = _strip(image, width, scale, (first, last), height)
        if resized is None:
            resized = Image.new(strip.mode, size)
        resized.paste(strip, (0, first))
    assert resized is not None  # noqa: S101  every picture has a row
    return resized


def _strip(image: Image.Image, width: int, scale: float, rows: tuple[int, int], height: int) -> Image.Image:
    """These rows of the result, computed from the rows they come from and a margin the filter looks at."""
    first, last = max(0, rows[0] - _MARGIN), min(height, rows[1] + _MARGIN)
    top, bottom = math.floor(first * scale), min(image.height, math.ceil(last * scale))
    source = _simple_mode(image.crop((0, top, image.width, bottom)))
    box = (0, first * scale - top, image.width, min(last * scale - top, source.height))
    made = source.resize((width, last - first), Image.Resampling.LANCZOS, box=box, reducing_gap=_GAP)
    return made.crop((0, rows[0] - first, width, rows[1] - first))


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
    return image if image.mode == mode else image.convert(mode)


def _srgb() -> ImageCms.ImageCmsProfile:
    # A fresh one each time: the library's profiles are not to be shared between threads.
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
