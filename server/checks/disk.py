"""Whether there is room, and whether what has to be kept can be written."""

import os
import tempfile
from pathlib import Path

from django.conf import settings

from server.checks.finding import Finding, Visit, bad, good, warning

SCARCE_BYTES, LITTLE_BYTES = 500 * 1024**2, 2 * 1024**3
LITTLE_PERCENT, PLENTY_BYTES = 5, 20 * 1024**3  # five percent of a large disk is plenty
_FILES_PERCENT = 2  # of the files that a disk can hold
_MAKE_ROOM = "Make room, or move the data folder to a larger disk (DATA_DIR)."


def look_at_disk(visit: Visit) -> Finding:
    """The data folder, and where uploads wait while they are read."""
    found: dict[int, str] = {}  # one sentence for each disk
    for folder in (Path(settings.DATA_DIR), Path(tempfile.gettempdir())):
        try:
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(b"doctor")
                file.flush()
        except OSError as error:
            return bad(
                f"{folder} cannot be written to: {error.strerror}.",
                f"Let the user of this server write there; it is number {os.geteuid()}.",
            )
        if trouble := _trouble(folder):
            return trouble
        found.setdefault(folder.stat().st_dev, f"{_words(_free(folder))} free in {folder}")
    return good(f"{'; '.join(found.values())}.")


def _trouble(folder: Path) -> Finding | None:
    there = os.statvfs(folder)
    free, whole = there.f_bavail * there.f_frsize, there.f_blocks * there.f_frsize
    said = f"{_words(free)} of {_words(whole)} are free in {folder}."
    if free < SCARCE_BYTES:
        return bad(f"{said} When it is full nothing can be posted.", _MAKE_ROOM)
    if free < LITTLE_BYTES or (free < PLENTY_BYTES and free * 100 < whole * LITTLE_PERCENT):
        return warning(said, _MAKE_ROOM)
    if there.f_files and there.f_favail * 100 < there.f_files * _FILES_PERCENT:
        return warning(f"Of the files that the disk of {folder} can hold few are left.", _MAKE_ROOM)
    return None


def _free(folder: Path) -> int:
    there = os.statvfs(folder)
    return there.f_bavail * there.f_frsize


def _words(size: int) -> str:
    return f"{size / 1024**3:.1f} GB" if size >= 1024**3 else f"{size / 1024**2:.0f} MB"
