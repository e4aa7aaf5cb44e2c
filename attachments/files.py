"""The files of a picture: how they are called, and putting them into the storage and out of it.

Public ones share a random stem; the original has a random name of its own in a private storage, so
that the one cannot be guessed from the others.
"""

import secrets
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage, storages

from attachments.models import Attachment, LinkCard
from common.storage import withheld

_TOKEN_BYTES = 16  # 128 bits: nobody guesses a name
_ORIGINALS = "originals"  # the private storage, and the first part of the names in it
# Endings of the larger files. They differ before the dot too: some storages ignore what follows it.
CARD, CARD_WEBP, FULL, FULL_WEBP = "-card", "-card-webp.webp", "-full", "-full-webp.webp"
_MAY_EXIST = (
    *(f"{CARD}.{extension}" for extension in ("jpg", "png")),
    *(f"{FULL}.{extension}" for extension in ("jpg", "png", "gif", "webp")),
    CARD_WEBP,
    FULL_WEBP,
)


def new_stem() -> str:
    """What the names of a new picture's public files start with."""
    return _random_name("pictures")


def new_original_name() -> str:
    return _random_name(_ORIGINALS)


def names_of(attachment: Attachment) -> list[str]:
    """Every file the picture has, or may have while a worker is still making them."""
    stored = (attachment.original, attachment.thumb, attachment.card, attachment.card_webp)
    names = [*stored, attachment.full, attachment.full_webp]
    if not attachment.is_ready:
        names += [attachment.stem + ending for ending in _MAY_EXIST]
    return [name for name in dict.fromkeys(names) if name]


def names_of_card(card: LinkCard) -> list[str]:
    """Every file that a link card has, or may have while they are being made."""
    return [name for name in (card.picture, card.picture_webp, *names_being_made(card.stem)) if name]


def names_being_made(stem: str) -> list[str]:
    """The files that may exist under this stem of a link card; none without one."""
    return [stem + ending for ending in (f"{CARD}.jpg", f"{CARD}.png", CARD_WEBP)] if stem else []


def store(name: str, content: bytes) -> None:
    """Put a file into the storage, instead of one of that name. Raises NotStored when there is no room."""
    _storage_of(name).save(name, ContentFile(content))


def read(name: str) -> bytes:
    """The content of a file, also of one that is withheld. Raises FileNotFoundError when it is gone."""
    if not _is_private(name):
        return withheld.read(name)
    with storages[_ORIGINALS].open(name) as file:
        return bytes(file.read())


def remove(names: Iterable[str]) -> None:
    """Delete files; one that is gone already is fine."""
    for name in names:
        if _is_private(name):
            storages[_ORIGINALS].delete(name)
        else:
            withheld.remove([name])


def public_names_of(attachment: Attachment) -> list[str]:
    """Those of its files that everybody can read who knows their address."""
    return [name for name in names_of(attachment) if not _is_private(name)]


def _storage_of(name: str) -> Storage:
    return storages[_ORIGINALS] if _is_private(name) else default_storage


def _is_private(name: str) -> bool:
    return name.startswith(f"{_ORIGINALS}/")


def _random_name(folder: str) -> str:
    token = secrets.token_hex(_TOKEN_BYTES)
    return f"{folder}/{token[:2]}/{token}"
