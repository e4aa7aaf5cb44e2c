"""Files in a folder of this machine. A file is there wholly or not at all, also after a power cut."""

import errno
import logging
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

from common.storage.errors import NO_ANSWER, NO_ROOM, NotStored

logger = logging.getLogger(__name__)

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@deconstructible
class LocalFiles(FileSystemStorage):
    """Django's folder, with names taken as they are and files that appear in one instant."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: ours are random, and storing one again means replacing it."""
        return name

    def url(self, name: str | None) -> str:
        """The address; our names need no quoting, and a page asks for many of them."""
        return f"{self.base_url}{name}"

    def _save(self, name: str, content: "File[bytes]") -> str:
        path = Path(self.path(name))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, content.chunks(), self.file_permissions_mode or 0o640)
        except OSError as error:
            logger.exception("%s could not be stored.", name)
            raise NotStored(NO_ROOM if error.errno in _FULL else NO_ANSWER) from error
        return name

    def hand_over(self, name: str, target: "LocalFiles", new_name: str) -> bool:
        """Let a file become one of another folder, in one instant. One that is not there is fine.

        False when the folders lie on two disks: then it has to be copied.
        """
        path, new_path = Path(self.path(name)), Path(target.path(new_name))
        try:
            new_path.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, new_path)
        except FileNotFoundError:
            return True
        except OSError as error:
            if error.errno == errno.EXDEV:
                return False
            raise
        for folder in (new_path.parent, new_path.parent.parent, path.parent):
            _reach_disk(folder)
        return True


def _write(path: Path, chunks: Iterable[bytes], mode: int) -> None:
    """Write aside, reach the disk, then take the place of the name in one step."""
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except BaseException:
        with suppress(OSError):
            aside.unlink()
        raise
    for folder in (path.parent, path.parent.parent):  # names live in folders; the inner one may be new
        _reach_disk(folder)


def _reach_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
