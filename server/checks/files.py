"""Whether files are kept: one goes the whole way of a picture, and one that of a private file."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage, storages
from PIL import Image

from common import outside, own_site
from common.storage import NotStored
from server.checks.finding import Finding, Visit, bad, good, warning

_LOOK = (
    "See whether the data folder can be written to and has room; with Cloudinary or S3, whether keys, bucket"
    " and region are right (docs/configuration.md)."
)


class _Lost(Exception):
    """A file cannot be had back; the message says what happened."""


def look_at_pictures(visit: Visit) -> Finding:
    """Put a picture in, look at it as a browser does, take it out."""
    picture = _picture()
    try:
        with _kept(default_storage, f"pictures/doctor/{secrets.token_hex(8)}.png", picture) as name:
            address = default_storage.url(name)
            _see(address)
    except NotStored as error:
        return bad(f"A picture could not be kept: {_cause(error)}", _LOOK)
    except _Lost as error:
        return bad(
            f"A picture was kept, and {error}.",
            "Let people read what is stored: the proxy has to pass /media/ on (or to read that folder);"
            " a bucket needs public reading (AWS_DEFAULT_ACL, or its policy) and the right"
            " AWS_S3_CUSTOM_DOMAIN.",
        )
    except OSError as error:
        return warning(f"A picture could not be taken away again: {error.strerror or error}.", _LOOK)
    return good("A picture was kept, seen at its public address, and taken away.")


def look_at_private_files(visit: Visit) -> Finding:
    """Put a file in where nobody but us reads, read it, take it out."""
    storage, said = storages["originals"], secrets.token_bytes(32)
    try:
        with (
            _kept(storage, f"originals/doctor/{secrets.token_hex(8)}", said) as name,
            storage.open(name) as file,
        ):
            if file.read() != said:
                return bad("A private file came back as another.", _LOOK)
    except NotStored as error:
        return bad(f"A private file could not be kept: {_cause(error)}", _LOOK)
    except OSError as error:
        return bad(f"A private file was kept and could not be read or removed: {error}.", _LOOK)
    return good("A private file was kept, read and taken away.")


@contextmanager
def _kept(storage: Storage, name: str, content: bytes) -> Iterator[str]:
    storage.save(name, ContentFile(content))
    try:
        yield name
    except BaseException:
        with suppress(OSError, NotStored):
            storage.delete(name)
        raise
    storage.delete(name)


def _see(address: str) -> None:
    """Raises _Lost unless a picture is there."""
    try:
        if address.startswith("/"):
            answer = own_site.ask(address)
            status, kind = answer.status, answer.headers.get("content-type", "")
        else:
            fetched = outside.fetch(address, accept=("image/",))
            status, kind = fetched.status, fetched.content_type
    except outside.OutsideError as error:
        raise _Lost(f"its address cannot be opened: {error}") from error
    if status != 200:
        raise _Lost(f"its address answers {status}")
    if not kind.startswith("image/"):
        raise _Lost(f"its address shows something else ({kind[:40]})")


def _picture() -> bytes:
    """One that nobody has seen before, so that no cache on the way can know it."""
    drawn = BytesIO()
    Image.frombytes("RGB", (8, 8), secrets.token_bytes(8 * 8 * 3)).save(drawn, "PNG")
    return drawn.getvalue()


def _cause(error: NotStored) -> str:
    cause = error.__cause__
    return f"{cause or error.message}"[:200]
