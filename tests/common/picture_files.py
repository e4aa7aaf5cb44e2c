"""Makers of picture files, good and bad, for the tests of everything that reads pictures."""

import struct
import zlib
from io import BytesIO

from PIL import Image

SECRET = b"52.5200-13.4050-my-garden"  # what no file we keep may contain
RED, GREEN, BLUE = (230, 20, 20), (20, 200, 20), (20, 20, 230)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def plain(
    kind: str = "PNG", size: tuple[int, int] = (80, 60), colour: object = RED, mode: str = "RGB"
) -> bytes:
    return encoded(Image.new(mode, size, colour), kind)


def photo(size: tuple[int, int] = (1600, 1200), kind: str = "JPEG", **options: object) -> bytes:
    """Soft shapes, as in a photo: something to compress, but not to nothing."""
    return encoded(shapes(size), kind, **options)


def shapes(size: tuple[int, int]) -> Image.Image:
    small = (max(1, size[0] // 8), max(1, size[1] // 8))
    return Image.effect_noise(small, 60).resize(size, Image.Resampling.BICUBIC).convert("RGB")


def with_secrets(kind: str, image: Image.Image | None = None) -> bytes:
    """A picture that tells where it was taken, in every way its format knows."""
    image = image or shapes((1600, 1200))
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()  # image description
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[29] = SECRET.decode()  # GPS date, any text will do
    options: dict[str, object] = {"exif": exif}
    if kind in {"JPEG", "WEBP"}:
        options["xmp"] = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    if kind in {"JPEG", "GIF"}:
        options["comment"] = SECRET
    if kind == "GIF":
        del options["exif"]
    return encoded(image, kind, **options)


def turned(orientation: int) -> bytes:
    """A JPEG of 60 × 40 as stored: the left half red, the right half blue, and a note how to turn it."""
    image = Image.new("RGB", (60, 40), BLUE)
    image.paste(RED, (0, 0, 30, 40))
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(image, "JPEG", exif=exif, quality=95)


def animation(
    kind: str = "GIF", size: tuple[int, int] = (60, 40), frames: int = 3, **options: object
) -> bytes:
    """Every frame of a colour of its own."""
    pictures = [
        Image.new("RGB", size, (number * 31 % 256, number * 7 % 256, 128)) for number in range(frames)
    ]
    options = {"duration": 100, "loop": 0, **options}
    return encoded(pictures[0], kind, save_all=True, append_images=pictures[1:], **options)


def giant_png(width: int, height: int) -> bytes:
    """A whole PNG of one bit per pixel, all of it zeros: small as a file, huge as a picture."""
    row = b"\0" * (1 + (width + 7) // 8)
    squeeze = zlib.compressobj(9)
    data = b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = _png_chunk(b"IHDR", header) + _png_chunk(b"IDAT", data) + _png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def announced_png(side: int) -> bytes:
    """The beginning of a PNG: a header that is true to the rules, and nothing after it."""
    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _png_chunk(b"IHDR", header) + _png_chunk(b"IDAT", b"")


def stuffed_png(kind: bytes, size: int) -> bytes:
    """A small PNG with a compressed chunk of text that is enormous when it is opened."""
    head = b"key\0\1\0\0\0" if kind == b"iTXt" else b"key\0\0"
    text = head + zlib.compress(b"A" * size, 9)
    picture = plain("PNG")
    return picture[:33] + _png_chunk(kind, text) + picture[33:]


def giant_gif(width: int, height: int) -> bytes:
    """A GIF that announces a canvas and draws one pixel on it."""
    screen = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return screen + frame + b"\x3b"


def giant_jpeg(width: int, height: int) -> bytes:
    """A true JPEG whose header lies about its size."""
    picture = bytearray(plain("JPEG"))
    at = picture.index(b"\xff\xc0") + 5
    picture[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(picture)


def giant_webp(width: int, height: int) -> bytes:
    """A WebP whose headers announce an animation on a huge canvas; its frame is small."""
    picture = bytearray(animation("WEBP", frames=2))
    at = picture.index(b"VP8X") + 12
    picture[at : at + 6] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes(picture)


def scanned_jpeg(scans: int) -> bytes:
    """A progressive JPEG of 36 megapixels that repeats its last scan over and over."""
    picture = encoded(Image.new("L", (6000, 6000)), "JPEG", progressive=True)
    last = picture[picture.rindex(b"\xff\xda") : -2]
    return picture[:-2] + last * scans + picture[-2:]


def repeated_gif(frames: int) -> bytes:
    """A GIF of that many frames of one pixel on a canvas of a megapixel."""
    picture = giant_gif(1000, 1000)
    frame = picture[picture.index(b"\x2c") : -1]
    return picture[:-1] + frame * frames + picture[-1:]


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
