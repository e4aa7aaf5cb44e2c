"""A socket in a folder that lies very deep is made and found."""

import socket
from pathlib import Path

import pytest

from common.unix_names import short_name


@pytest.fixture
def deep(tmp_path):
    folder = tmp_path / ("d" * 90) / ("e" * 90)
    folder.mkdir(parents=True)
    return folder


def test_a_short_path_is_its_own_name():
    assert short_name(Path("/srv/data/live.sock")) == "/srv/data/live.sock"


def test_what_listens_in_a_deep_folder_is_reached(deep):
    with socket.socket(socket.AF_UNIX) as ear, socket.socket(socket.AF_UNIX) as line:
        ear.bind(short_name(deep / "live.sock"))
        ear.listen()
        assert (deep / "live.sock").is_socket()
        line.connect(short_name(deep / "live.sock"))
        line.sendall(b"1")
        assert ear.accept()[0].recv(1) == b"1"


def test_there_is_none_where_the_folder_is_not(deep):
    assert short_name(deep / "gone" / "live.sock") == ""
