"""The files of an archive: written in parts of some MB, read one after the other, removed.

They lie in the private storage, where nobody can open them but this server, wherever that is. A part is small
enough for the memory of any machine and for every service.
"""

import secrets
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from portability.models import Export, ExportPart

PART_BYTES = 8 * 1024 * 1024
_STORAGE = "originals"  # the private one
_READ_BYTES = 256 * 1024


def new_stem() -> str:
    """Nobody guesses it, though nobody could open it either."""
    token = secrets.token_hex(16)
    return f"archives/{token[:2]}/{token}"


class Parts:
    """Where one step of an archive writes. `is_directory` parts stand beside the ZIP until its end."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._first = export.parts.filter(is_kept=True, is_directory=False).count()
        self._written = 0
        self._held = bytearray()

    def write(self, data: bytes) -> None:
        """Takes what comes next; whatever fills a part is stored. Raises NotStored."""
        self._held += data
        while len(self._held) >= PART_BYTES:
            self._store(bytes(self._held[:PART_BYTES]))
            del self._held[:PART_BYTES]

    def flush(self) -> None:
        """The end of the step: store what is left."""
        if self._held:
            self._store(bytes(self._held))
            self._held.clear()

    def write_directory(self, directory: bytes) -> None:
        """What the end of the ZIP has to tell of this step."""
        if directory:
            _put(self._export, "d", self._export.attempt, directory, is_directory=True)

    def _store(self, data: bytes) -> None:
        _put(self._export, "p", self._first + self._written, data)
        self._written += 1


def directories(export: Export) -> Iterator[bytes]:
    """Those of the steps that came to their end, in their order."""
    for name in _names(export, is_directory=True):
        yield _read(name)


def content(export: Export) -> Iterator[bytes]:
    """The whole ZIP, a little at a time. Raises OSError where a part cannot be had."""
    for name in _names(export, is_directory=False):
        data = memoryview(_read(name))
        for start in range(0, len(data), _READ_BYTES):
            yield bytes(data[start : start + _READ_BYTES])


def remove(export: Export, **which: object) -> None:
    """Files, then their rows: all, or those chosen. One that is gone already is fine. Raises NotStored."""
    for part in export.parts.filter(**which):
        storages[_STORAGE].delete(part.name)
        part.delete()


def _put(export: Export, kind: str, number: int, data: bytes, *, is_directory: bool = False) -> None:
    name = f"{export.stem}-{export.attempt:05}{kind}{number:06}"
    ExportPart.objects.create(
        export=export, name=name, number=number, attempt=export.attempt, is_directory=is_directory
    )
    storages[_STORAGE].save(name, ContentFile(data))


def _names(export: Export, *, is_directory: bool) -> list[str]:
    kept = export.parts.filter(is_kept=True, is_directory=is_directory)
    return list(kept.order_by("number").values_list("name", flat=True))


def _read(name: str) -> bytes:
    with storages[_STORAGE].open(name) as file:
        return bytes(file.read())
