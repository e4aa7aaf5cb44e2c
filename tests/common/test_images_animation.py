"""Animations: kept moving, without anything that is not the picture."""

from io import BytesIO

import pytest
from PIL import Image

from common.errors import Invalid
from common.images import Picture, clean_animation, inspect
from tests.common import picture_files as files


def look(data: bytes) -> Picture:
    return inspect(BytesIO(data))


def frames_of(data: bytes) -> list[tuple[tuple[int, ...], int]]:
    """The colour in the middle of each frame, and how long it is shown."""
    found = []
    with Image.open(BytesIO(data)) as image:
        for number in range(image.n_frames):
            image.seek(number)
            image.load()
            found.append((image.convert("RGB").getpixel((30, 20)), image.info.get("duration")))
    return found


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_frames_times_and_repetitions_stay_as_they_were(kind):
    data = files.animation(kind, frames=6, duration=[50, 100, 150, 200, 250, 300], loop=3)
    clean = clean_animation(look(data))
    assert frames_of(clean) == frames_of(data)
    assert len(frames_of(clean)) == 6
    with Image.open(BytesIO(clean)) as image:
        assert image.info["loop"] == 3
        assert image.format == kind


def test_a_gif_loses_comments_foreign_blocks_and_what_stands_behind_its_end():
    data = files.animation("GIF", comment=files.SECRET)
    xmp = b"\x21\xff\x0bXMP DataXMP" + bytes([len(files.SECRET)]) + files.SECRET + b"\0"
    text = b"\x21\x01\x0c" + bytes(12) + bytes([len(files.SECRET)]) + files.SECRET + b"\0"
    at = data.index(b"\x21\xff\x0bNETSCAPE")
    data = data[:at] + xmp + text + data[at:] + b"PK\x03\x04" + files.SECRET
    clean = clean_animation(look(data))
    assert files.SECRET not in clean
    assert clean.endswith(b"\x3b")
    assert b"NETSCAPE2.0" in clean
    assert len(frames_of(clean)) == 3


def test_a_webp_loses_its_metadata_and_what_stands_behind_its_end():
    data = files.animation(
        "WEBP", exif=b"Exif\0\0" + files.SECRET, xmp=files.SECRET, icc_profile=files.SECRET
    )
    assert files.SECRET in data
    clean = clean_animation(look(data + files.SECRET))
    assert files.SECRET not in clean
    assert len(frames_of(clean)) == 3


def test_what_shines_through_a_webp_stays_so():
    pictures = [Image.new("RGBA", (60, 40), (200, 0, 0, alpha)) for alpha in (40, 90)]
    data = files.encoded(pictures[0], "WEBP", save_all=True, append_images=pictures[1:], lossless=True)
    with Image.open(BytesIO(clean_animation(look(data)))) as image:
        assert image.convert("RGBA").getpixel((30, 20))[3] == 40


def test_a_gif_that_forgot_its_end_gets_one():
    data = files.animation("GIF")
    assert clean_animation(look(data[:-1])) == clean_animation(look(data))


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_an_animation_cut_off_within_a_frame_is_refused(kind):
    with pytest.raises(Invalid, match="damaged"):
        look(files.animation(kind, frames=4)[:-30])


def test_a_frame_that_reaches_over_the_edge_is_refused():
    data = bytearray(files.animation("GIF", frames=2))
    data[6:8] = (59).to_bytes(2, "little")
    with pytest.raises(Invalid, match="damaged"):
        look(bytes(data))


def test_a_frame_that_cannot_be_decoded_is_noticed():
    data = bytearray(files.repeated_gif(2))
    assert clean_animation(look(bytes(data))) == data
    data[-6] = 13  # bits per code; there are at most 12
    picture = look(bytes(data))
    with pytest.raises(Invalid, match="damaged"):
        clean_animation(picture)
