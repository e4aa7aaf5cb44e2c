"""Names of Unix sockets, which may be a hundred bytes long, however deep their folder lies."""

import os
from functools import cache
from pathlib import Path

_LONGEST = 103  # bytes, with the zero at its end, everywhere


def short_name(path: Path) -> str:
    """A name by which a socket at this path can be made and found: the path, or where that is too long, one
    that goes through the open folder. "" where neither is possible.
    """
    if len(os.fsencode(path)) < _LONGEST:
        return str(path)
    try:
        name = f"/proc/self/fd/{_folder(path.parent)}/{path.name}"
    except OSError:
        return ""
    return name if Path("/proc/self/fd").is_dir() and len(os.fsencode(name)) < _LONGEST else ""


@cache
def _folder(path: Path) -> int:
    """The folder, open for as long as the process lives. Raises OSError."""
    return os.open(path, os.O_RDONLY | os.O_DIRECTORY)
