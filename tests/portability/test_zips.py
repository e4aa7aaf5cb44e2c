"""ZIP files written in several goes, read by Python's own reader and by unzip."""

import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest

from portability import zips
from portability.zips import TooLarge, ZipStream

MOMENT = datetime(2026, 11, 30, 12, 34, 56, tzinfo=UTC)


def written_in_goes(goes: list[list[tuple[str, bytes]]], size: int = 0) -> bytes:
    out, directories, members = BytesIO(), [], 0
    for number, go in enumerate(goes):
        archive = ZipStream(out.write, size=size, moment=MOMENT)
        for name, content in go:
            with archive.member(name, is_packed=not name.endswith(".png")) as write:
                for start in range(0, len(content), 1000):
                    write(content[start : start + 1000])
        directories.append(archive.directory)
        members += archive.members
        if number == len(goes) - 1:
            archive.finish(directories, members)
        size = archive.size
    return out.getvalue()


def test_several_goes_make_one_file():
    goes = [[("a.txt", b"tea " * 5000), ("ü/漢.png", bytes(range(256)) * 20)], [], [("empty.txt", b"")]]
    found = zipfile.ZipFile(BytesIO(written_in_goes(goes)))
    assert found.testzip() is None
    assert found.namelist() == ["a.txt", "ü/漢.png", "empty.txt"]
    assert [found.read(name) for go in goes for name, _ in go] == [
        content for go in goes for _, content in go
    ]
    packed, stored, _ = found.infolist()
    assert packed.compress_size < packed.file_size / 10
    assert stored.compress_size == stored.file_size
    assert packed.date_time == (2026, 11, 30, 12, 34, 56)
    assert packed.external_attr >> 16 == 0o100644


@pytest.mark.skipif(shutil.which("unzip") is None, reason="no unzip here")
def test_another_program_reads_it(tmp_path):
    (tmp_path / "a.zip").write_bytes(written_in_goes([[("a.txt", b"tea")], [("b.png", b"picture")]]))
    said = subprocess.run(["unzip", "-t", "a.zip"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr


def test_an_empty_one():
    assert zipfile.ZipFile(BytesIO(written_in_goes([[]]))).namelist() == []


def test_more_members_than_the_old_format_counts():
    found = zipfile.ZipFile(BytesIO(written_in_goes([[(f"{n}.txt", b"") for n in range(66_000)]])))
    assert len(found.namelist()) == 66_000


def test_places_beyond_four_gigabytes():
    """The first go is pretended: what it would have written is a hole in the file."""
    before = 5 * 1024**3
    tail = written_in_goes([[("far.txt", b"tea")]], size=before)
    found = zipfile.ZipFile(_AfterHole(before, tail))
    assert found.read("far.txt") == b"tea"
    assert found.infolist()[0].header_offset == before


class _AfterHole(BytesIO):
    """A file that begins with so many zeros, which nobody keeps."""

    def __init__(self, hole: int, tail: bytes) -> None:
        super().__init__(tail)
        self._hole = hole

    def seek(self, offset: int, whence: int = 0) -> int:
        if whence == 2:
            return super().seek(offset, 2) + self._hole
        return super().seek(max(offset - self._hole, 0), whence) + self._hole

    def tell(self) -> int:
        return super().tell() + self._hole


def test_one_member_has_its_limit(monkeypatch):
    monkeypatch.setattr(zips, "_FULL", 10)
    archive = ZipStream(BytesIO().write, moment=MOMENT)
    with pytest.raises(TooLarge):
        archive.add("a.txt", b"x" * 10)
