"""What a file really is, and the sentence for each that we do not take."""

from io import BytesIO

import pytest
from PIL import Image, ImageFile

from common.errors import Invalid
from common.images import Picture, inspect
from tests.common import picture_files as files


def look(data: bytes) -> Picture:
    return inspect(BytesIO(data))


def refusal(data: bytes) -> str:
    with pytest.raises(Invalid) as caught:
        look(data)
    return caught.value.message


@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "jpeg"), ("PNG", "png"), ("GIF", "gif"), ("WEBP", "webp"), ("MPO", "jpeg")]
)
def test_the_four_formats_are_known_by_their_content(kind, name):
    picture = look(files.plain(kind))
    assert (picture.format, picture.width, picture.height) == (name, 80, 60)
    assert not picture.is_animated


def test_an_empty_file():
    assert refusal(b"") == "This file is empty. Choose a picture."


def test_a_file_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(settings):
    data = files.photo()
    settings.PICTURE_MAX_BYTES = len(data)
    assert look(data).width == 1600
    settings.PICTURE_MAX_BYTES = 5 * 1024 * 1024
    assert "larger than 5 MB" in refusal(b"\xff\xd8\xff" + bytes(5 * 1024 * 1024))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"\xef\xbb\xbf <SVG onload=alert(1)>", "SVG"),
        (b"<!doctype html><script>alert(1)</script>", "web page"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest of an archive", "ZIP"),
        (b"MZ\x90\0 a program", "program"),
        (b"BM" + bytes(60), "BMP"),
        (b"II*\0" + bytes(60), "TIFF"),
        (b"\0\0\0\x18ftypheic" + bytes(60), "HEIC"),
        (b"\0\0\0\x18ftypavif" + bytes(60), "AVIF"),
        (b"\0\0\0\x18ftypisom" + bytes(60), "video"),
        (b"just some words", "not a picture"),
        (b"\0", "not a picture"),
        (b"RIFF\0\0\0\0WAVEfmt ", "damaged"),
    ],
)
def test_other_things_are_named(data, words):
    sentence = refusal(data)
    assert words in sentence
    assert sentence[0].isupper()
    assert sentence[-1] == "."


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "AVIF", "PPM", "TGA", "PCX", "JPEG2000"])
def test_formats_that_pillow_knows_and_we_do_not(kind):
    with pytest.raises(Invalid):
        look(files.plain(kind))


def test_a_picture_beyond_the_pixels_is_refused():
    assert "At most 40 megapixels" in refusal(files.giant_png(8000, 5001))


def test_the_limit_of_pixels_is_the_setting_whatever_the_decoder_thinks(settings):
    settings.PICTURE_MAX_PIXELS = 80 * 60 - 1
    assert "too many pixels" in refusal(files.plain("JPEG"))


def test_a_picture_of_exactly_the_pixels_is_taken():
    assert look(files.giant_png(8000, 5000)).height == 5000


def test_formats_that_need_more_memory_may_have_fewer_pixels(settings):
    settings.PICTURE_MAX_MEMORY = 16 * 1_200_000
    assert look(files.plain("PNG", (1500, 1000))).width == 1500
    assert look(files.plain("WEBP", (1200, 1000))).width == 1200
    assert "At most 1 megapixels are possible for such a WebP" in refusal(files.plain("WEBP", (1201, 1000)))


def test_only_pictures_that_take_much_memory_are_heavy():
    image = Image.new("RGB", (4000, 3000))
    assert not look(files.encoded(image, "JPEG")).is_heavy
    assert look(files.encoded(image, "JPEG", progressive=True)).is_heavy
    assert not look(files.encoded(image, "PNG")).is_heavy
    assert look(files.encoded(image, "WEBP")).is_heavy


def test_an_animation_is_counted():
    assert look(files.animation("GIF", frames=7)).frames == 7
    assert look(files.animation("WEBP", frames=5)).frames == 5


def test_an_animation_with_too_many_frames(settings):
    settings.PICTURE_MAX_FRAMES = 5
    assert look(files.animation(frames=5)).is_animated
    assert "6 frames; at most 5" in refusal(files.animation(frames=6))
    assert "6 frames; at most 5" in refusal(files.animation("WEBP", frames=6))


def test_an_animation_with_too_long_a_side():
    assert look(files.animation(size=(1280, 20))).is_animated
    assert "1281 × 20 pixels; at most 1280" in refusal(files.animation(size=(1281, 20)))
    assert "1281 × 20 pixels; at most 1280" in refusal(files.animation("WEBP", size=(1281, 20)))


def test_a_still_gif_may_be_larger_than_an_animated_one():
    assert look(files.plain("GIF", size=(2000, 20))).width == 2000


def test_an_animation_with_too_many_pixels_in_all(settings):
    settings.PICTURE_MAX_ANIMATED_PIXELS = 60 * 40 * 3
    assert look(files.animation(frames=3)).is_animated
    assert "too large" in refusal(files.animation(frames=4))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_sizes_are_those_of_the_upright_picture(orientation):
    picture = look(files.turned(orientation))
    assert (picture.width, picture.height) == ((40, 60) if orientation > 4 else (60, 40))


@pytest.mark.parametrize("nonsense", [0, 9, 65535])
def test_a_nonsense_orientation_is_upright(nonsense):
    assert look(files.turned(nonsense)).orientation == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_looking_decodes_nothing(kind, monkeypatch):
    data = files.photo((300, 200), kind)

    def decode(*_: object) -> None:
        raise AssertionError("somebody decodes")

    monkeypatch.setattr(ImageFile.ImageFile, "load", decode)
    assert look(data).height == 200
