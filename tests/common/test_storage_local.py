"""Files in a folder: there wholly or not at all."""

import errno
import os
import threading

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile

from common.storage import NotStored
from common.storage.local import LocalFiles


@pytest.fixture
def folder(tmp_path):
    return LocalFiles(location=tmp_path / "files", base_url="/media/")


def everything_in(path) -> list[str]:
    return sorted(found.name for found in path.rglob("*") if found.is_file())


def test_a_file_is_kept_found_and_removed(folder, tmp_path):
    name = folder.save("pictures/ab/abc.webp", ContentFile(b"pixels"))
    assert name == "pictures/ab/abc.webp"
    assert folder.open(name).read() == b"pixels"
    assert folder.url(name) == "/media/pictures/ab/abc.webp"
    assert everything_in(tmp_path) == ["abc.webp"]
    folder.delete(name)
    folder.delete(name)
    assert everything_in(tmp_path) == []
    with pytest.raises(FileNotFoundError):
        folder.open(name)


def test_storing_a_name_again_replaces_it(folder, tmp_path):
    for content in (b"first, and longer", b"second"):
        folder.save("pictures/a.jpg", ContentFile(content))
    assert folder.open("pictures/a.jpg").read() == b"second"
    assert everything_in(tmp_path) == ["a.jpg"]


def test_only_the_server_may_read_the_files(folder):
    folder.save("pictures/a.jpg", ContentFile(b"x"))
    assert os.stat(folder.path("pictures/a.jpg")).st_mode & 0o007 == 0


@pytest.mark.parametrize("name", ["../outside.jpg", "/etc/outside.jpg", "pictures/../../outside.jpg"])
def test_no_name_leads_out_of_the_folder(folder, name):
    with pytest.raises(SuspiciousFileOperation):
        folder.save(name, ContentFile(b"x"))


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "no room"), (errno.EDQUOT, "no room"), (errno.EIO, "does not answer")],
)
def test_a_full_disk_leaves_nothing_behind(folder, tmp_path, monkeypatch, number, words):
    folder.save("pictures/old.jpg", ContentFile(b"old"))

    def full(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    for name in ("pictures/new.jpg", "pictures/old.jpg"):
        with pytest.raises(NotStored, match=words):
            folder.save(name, ContentFile(b"new"))
    assert everything_in(tmp_path) == ["old.jpg"]
    assert folder.open("pictures/old.jpg").read() == b"old"


def test_readers_never_see_half_a_file(folder):
    contents = [bytes([number]) * 300_000 for number in range(4)]
    folder.save("pictures/a.jpg", ContentFile(contents[0]))
    broken: list[int] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            with folder.open("pictures/a.jpg") as file:
                seen = file.read()
            if seen not in contents:
                broken.append(len(seen))

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(60):
        folder.save("pictures/a.jpg", ContentFile(contents[turn % 4]))
    stop.set()
    reader.join()
    assert broken == []
