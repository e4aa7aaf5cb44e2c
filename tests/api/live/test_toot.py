"""The program `toot`, as people type it."""

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
import requests
from PIL import Image, ImageColor

from tests.api.live.conftest import PASSWORD

_TEAL = ImageColor.getrgb("teal")


@pytest.fixture(scope="module")
def toot(join, site, tmp_path_factory):
    """Signed in as tom; what it knows lies in a folder of its own."""
    join("tom")
    folder = tmp_path_factory.mktemp("toot")
    program = Path(sys.executable).parent / "toot"

    def typed(*words: str, asked: str = "") -> str:
        done = subprocess.run(
            [program, "--no-color", *words],
            env={**os.environ, "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)},
            input=asked,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    typed("login_cli", "--instance", site, "--email", "tom@example.org", asked=f"{PASSWORD}\n")
    return typed


def test_who_one_is(toot):
    assert "@tom" in toot("whoami")


def test_said_with_a_picture_and_read_again(toot, tmp_path):
    Image.new("RGB", (80, 60), "teal").save(tmp_path / "cup.png")
    toot("post", "Good morning", "--media", str(tmp_path / "cup.png"), "--description", "a cup")
    assert "Good morning" in toot("timelines", "public", "--local", "--limit", "5", "--no-pager")
    (said,) = json.loads(toot("timelines", "public", "--local", "--limit", "1", "--json"))
    (picture,) = said["media_attachments"]
    assert (picture["type"], picture["description"]) == ("image", "a cup")
    for address, part in (("url", "original"), ("preview_url", "small")):
        shown = _picture_at(picture[address])
        assert shown.size == (80, 60) == (picture["meta"][part]["width"], picture["meta"][part]["height"])
        assert max(abs(a - b) for a, b in zip(shown.getpixel((40, 30)), _TEAL, strict=True)) < 12


def _picture_at(address):
    """As anybody sees it, without a token."""
    answer = requests.get(address, timeout=60)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("image/")
    return Image.open(BytesIO(answer.content)).convert("RGB")


def test_followed_and_found(toot, join):
    join("tim")
    assert "You are now following tim" in toot("follow", "tim")
    assert "tim" in toot("following")
    assert "tim" in toot("search", "tim")


def test_the_server(toot):
    assert "Twitter Clone" in toot("instance")
