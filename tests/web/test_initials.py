"""GET /initials/<hue>/<letters>.svg: the picture of somebody who has none."""

import colorsys
import re
from urllib.parse import quote
from xml.etree import ElementTree

import pytest


def test_letters_on_a_colour(client):
    response = client.get("/initials/210/AB.svg")  # a query would fail: this test has no database
    drawing = ElementTree.fromstring(response.content)
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not response.cookies
    assert "".join(drawing.itertext()) == "AB"
    assert b"hsl(210," in response.content


@pytest.mark.parametrize("letters", ["A", "ÄÖ", "Ж", "李", "م", "न", "É", "?", "<&", "';", "😀", "ÉÉ"])
def test_any_script_and_any_sign_is_text(client, letters):
    response = client.get(f"/initials/0/{quote(letters, safe='')}.svg")
    assert response.status_code == 200
    assert "".join(ElementTree.fromstring(response.content).itertext()) == letters


@pytest.mark.parametrize(
    "path",
    [
        "360/A.svg",
        "99999999999999999999/A.svg",
        "0/ABCDE.svg",
        "0/%20.svg",
        "0/%00.svg",
        "0/%0A.svg",
        "0/%E2%80%AE.svg",
        "0/A%20B.svg",
        "-1/A.svg",
        "0/A.png",
    ],
)
def test_anything_else_is_not_there(client, path, db):
    assert client.get(f"/initials/{path}").status_code == 404


def test_the_letters_of_every_person_can_be_drawn(client, alice):
    assert client.get(alice.avatar_url).status_code == 200


def test_white_letters_are_readable_on_every_colour(client):
    for hue in range(0, 360, 10):
        found = re.search(rb'fill="hsl\((\d+),(\d+)%,(\d+)%\)"', client.get(f"/initials/{hue}/A.svg").content)
        shade, saturation, lightness = (int(part) for part in found.groups())
        colour = colorsys.hls_to_rgb(shade / 360, lightness / 100, saturation / 100)
        assert 1.05 / (_luminance(colour) + 0.05) >= 4.5


def _luminance(colour: tuple[float, float, float]) -> float:
    """Of sRGB, by WCAG 2.2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
