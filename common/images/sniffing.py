"""What a file is that is no picture we take, so that people read more than “not possible”."""

DAMAGED = "This picture is damaged or did not arrive completely. Save it anew, or choose another one."

# What people send by mistake, by the first bytes: (where, bytes, what it is).
_KNOWN = (
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


def describe_foreign(data: bytes) -> str:
    """A sentence for content that no decoder of ours takes."""
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in data[:4096].lower():
        return "This is an SVG drawing, which can hold programs."
    if start.startswith(b"<"):
        return "This is a text or web page, not a picture."
    for place, mark, name in _KNOWN:
        if data.startswith(mark, place):
            return f"This is {name}."
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF")):
        return DAMAGED
    return "This is not a picture."
