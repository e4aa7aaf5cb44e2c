"""Profile pictures as files: made small and clean, kept under names nobody can guess."""

import secrets
from collections.abc import Iterable
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from common.images import make_avatar, make_header
from common.storage import withheld


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
    withheld.remove(names)


def settle(person: User) -> None:
    """Profile pictures of whoever is out of sight are withheld, others are shown; twice is harmless."""
    names = [name for name in (person.avatar, person.header) if name]
    if person.is_active:
        withheld.show_again(names)
    else:
        withheld.withhold(names)


def _store(folder: str, content: bytes, extension: str) -> str:
    token = secrets.token_urlsafe(18)
    return default_storage.save(f"{folder}/{token[:2]}/{token}.{extension}", ContentFile(content))
