"""The only kinds of file we keep, and what browsers are told about them."""

from pathlib import PurePosixPath

CONTENT_TYPES = {
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
}
# Names are random and a name's content never changes.
CACHE_CONTROL = "public, max-age=31536000, immutable"


def content_type_of(name: str) -> str:
    """By our own table, never by what somebody sent; anything else is a download of bytes."""
    return CONTENT_TYPES.get(PurePosixPath(name).suffix[1:], "application/octet-stream")
