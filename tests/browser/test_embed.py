"""A tweet in the frame of another site: as high as oEmbed says, so that nothing is cut off."""

import json

import pytest

_TOO_HIGH = 260  # pixels left empty below; pictures are estimated, and may be flat


@pytest.mark.parametrize(
    "which", ["asked", "voted", "secret", "warned", "linked", "edited", "pictures_1", "pictures_4"]
)
def test_the_frame_holds_all_of_it(open_window, server, paths, which):
    page = open_window(width=550)
    told = page.request.get("/oembed", params={"url": f"{server.url}{paths[which]}"}, timeout=60_000)
    frame = json.loads(told.text())
    page.set_viewport_size({"width": frame["width"], "height": frame["height"]})
    page.goto(f"{paths[which]}/embed")
    high = page.evaluate("document.querySelector('main').getBoundingClientRect().height")
    assert high <= frame["height"]
    assert frame["height"] - high < _TOO_HIGH
