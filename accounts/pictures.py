"""Profile pictures as files: made small and clean, kept under names nobody can guess."""

import secrets
from collections.abc import Iterable
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from common.images import make_avatar, make_header


def store_avatar(file: IO[bytes]) -> dict[str, str]:
    """The field and the stored name. Raises Invalid when the file is not a picture we take."""
    content, extension = make_avatar(file)
    return {"avatar": _store("avatars", content, extension)}


def store_header(file: IO[bytes]) -> dict[str, str]:
    """The field and the stored name. Raises Invalid when the file is not a picture we take."""
    content, extension = make_header(file)
    return {"header": _store("headers", content, extension)}


def remove(names: Iterable[str]) -> None:
    """Delete stored files; one that is gone already is fine."""
    for name in names:
        default_storage.delete(name)


def _store(folder: str, content: bytes, extension: str) -> str:
    token = secrets.token_urlsafe(18)
    return default_storage.save(f"{folder}/{token[:2]}/{token}.{extension}", ContentFile(content))
