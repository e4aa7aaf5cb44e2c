"""A ZIP file written from front to back, in several goes that need not know each other.

Each go writes its members and keeps a directory of them; the last one writes all directories and the end.
The format is that of PKWARE's APPNOTE 6.3.10: sizes follow their member (4.3.9), because what is streamed is
measured while it passes; names are UTF-8 (bit 11); places beyond 4 GiB are told as in 4.5.3 (zip64). A member
itself holds less than 4 GiB.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

_LOCAL, _MEASURED, _CENTRAL = b"PK\x03\x04", b"PK\x07\x08", b"PK\x01\x02"
_END64, _LOCATOR64, _END = b"PK\x06\x06", b"PK\x06\x07", b"PK\x05\x06"
_VERSION, _VERSION64 = 20, 45
_FLAGS = 0x0808  # measured afterwards, names in UTF-8
_STORED, _DEFLATED = 0, 8
_UNIX = 3 << 8  # who made it, for the rights in the directory
_RIGHTS = 0o100644 << 16
_FULL, _FULL_SHORT = 0xFFFFFFFF, 0xFFFF
_DIRECTORY64 = 0x0001  # the kind of the extra field that holds a place beyond 4 GiB

Write = Callable[[bytes], None]


class TooLarge(Exception):
    """One member holds 4 GiB or more."""


class ZipStream:
    """`write` takes what comes next; `size` is what came before, in this go and in the former ones."""

    def __init__(self, write: Write, *, size: int = 0, moment: datetime) -> None:
        self._write = write
        self.size = size
        self.members = 0  # of this go
        self._directory = bytearray()
        # Two seconds make one step; the format knows no zones, and begins in 1980.
        self._time = moment.hour << 11 | moment.minute << 5 | moment.second // 2
        self._date = (moment.year - 1980) << 9 | moment.month << 5 | moment.day

    @contextmanager
    def member(self, name: str, *, is_packed: bool = True) -> Iterator[Write]:
        """`with zip.member("a.txt") as write:` one file of the archive. Pictures are packed already."""
        encoded, method, began = name.encode(), _DEFLATED if is_packed else _STORED, self.size
        head = (_VERSION, _FLAGS, method, self._time, self._date, 0, 0, 0, len(encoded), 0)
        self._put(_LOCAL + struct.pack("<5H3L2H", *head) + encoded)
        measure = _Measure(self._put, is_packed)
        yield measure.write
        measure.end()
        sizes = (measure.checksum, measure.packed, measure.plain)
        self._put(_MEASURED + struct.pack("<3L", *sizes))
        self._note(encoded, method, began, sizes)

    def add(self, name: str, content: bytes | str) -> None:
        """A member that is at hand as a whole."""
        with self.member(name) as write:
            write(content.encode() if isinstance(content, str) else content)

    @property
    def directory(self) -> bytes:
        """What the end of the file has to tell of the members of this go."""
        return bytes(self._directory)

    def finish(self, directories: Iterable[bytes], members: int) -> None:
        """Write the end: the directories of all goes in their order, which tell of so many members."""
        began = self.size
        for directory in directories:
            self._put(directory)
        length = self.size - began
        where = self.size
        if members >= _FULL_SHORT or where >= _FULL:
            counted = (members, members, length, began)
            self._put(_END64 + struct.pack("<Q2H2L4Q", 44, _UNIX | _VERSION64, _VERSION64, 0, 0, *counted))
            self._put(_LOCATOR64 + struct.pack("<LQL", 0, where, 1))
        few = min(members, _FULL_SHORT)
        self._put(_END + struct.pack("<4H2LH", 0, 0, few, few, min(length, _FULL), min(began, _FULL), 0))

    def _put(self, data: bytes) -> None:
        self._write(data)
        self.size += len(data)

    def _note(self, name: bytes, method: int, began: int, sizes: tuple[int, int, int]) -> None:
        is_far = began >= _FULL
        extra = struct.pack("<2HQ", _DIRECTORY64, 8, began) if is_far else b""
        version = _VERSION64 if is_far else _VERSION
        head = (_UNIX | version, version, _FLAGS, method, self._time, self._date, *sizes)
        tail = (len(name), len(extra), 0, 0, 0, _RIGHTS, _FULL if is_far else began)
        self._directory += _CENTRAL + struct.pack("<6H3L", *head) + struct.pack("<5H2L", *tail) + name + extra
        self.members += 1


class _Measure:
    """Passes a member on and knows its checksum and sizes."""

    def __init__(self, put: Write, is_packed: bool) -> None:
        self._put = put
        self._pack = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS) if is_packed else None
        self.checksum = self.plain = self.packed = 0

    def write(self, data: bytes) -> None:
        self.checksum = zlib.crc32(data, self.checksum)
        self.plain += len(data)
        if self.plain >= _FULL:
            raise TooLarge
        self._pass(self._pack.compress(data) if self._pack else data)

    def end(self) -> None:
        if self._pack:
            self._pass(self._pack.flush())

    def _pass(self, data: bytes) -> None:
        if data:
            self.packed += len(data)
            self._put(data)
