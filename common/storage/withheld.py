"""Public files that nobody may read for a time: of people who are suspended or leave, of tweets taken down.

They wait in the private storage under `withheld/` and their own name, so their address leads nowhere; what a
browser or a CDN kept meanwhile is out of our reach.
"""

from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from common.storage.local import LocalFiles

_FOLDER = "withheld"


def withhold(names: Iterable[str]) -> None:
    """Take the files out of the public storage; twice is harmless. Raises what a storage does."""
    for name in names:
        _move(_public(), name, _private(), _kept(name))


def show_again(names: Iterable[str]) -> None:
    """Put them back; twice is harmless. Raises what a storage does."""
    for name in names:
        _move(_private(), _kept(name), _public(), name)


def remove(names: Iterable[str]) -> None:
    """Delete public files, wherever they are; one that is gone already is fine."""
    for name in names:
        _public().delete(name)
        _private().delete(_kept(name))


def read(name: str) -> bytes:
    """The content of a public file, wherever it is. Raises FileNotFoundError when it is gone."""
    try:
        file = _public().open(name)
    except FileNotFoundError:
        file = _private().open(_kept(name))
    with file:
        return bytes(file.read())


def _move(source: Storage, name: str, target: Storage, new_name: str) -> None:
    """Of two that are there at a time, after a power cut, the one at the target counts."""
    if _is_handed_over(source, name, target, new_name):
        return
    try:
        with source.open(name) as file:
            content = bytes(file.read())
    except FileNotFoundError:
        return
    target.save(new_name, ContentFile(content))
    source.delete(name)


def _is_handed_over(source: Storage, name: str, target: Storage, new_name: str) -> bool:
    if not (isinstance(source, LocalFiles) and isinstance(target, LocalFiles)):
        return False
    return source.hand_over(name, target, new_name)


def _public() -> Storage:
    return storages["default"]


def _private() -> Storage:
    return storages["originals"]


def _kept(name: str) -> str:
    return f"{_FOLDER}/{name}"
