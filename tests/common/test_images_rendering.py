"""Pictures drawn anew: the right way up, the right colours, and nothing of the old file."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms

from common.errors import Invalid
from common.images import (
    blurhash_of,
    encode,
    fit_within,
    has_alpha,
    inspect,
    make_avatar,
    make_header,
    shrink,
)
from tests.common import picture_files as files


def drawn(data: bytes, side: int = 400) -> Image.Image:
    return shrink(inspect(BytesIO(data)), side)


def near(pixel: tuple[int, ...], colour: tuple[int, int, int], distance: int = 40) -> bool:
    return all(abs(one - other) <= distance for one, other in zip(pixel, colour, strict=False))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
@pytest.mark.parametrize("target", ["jpeg", "png", "webp"])
def test_nothing_but_pixels_is_left(kind, target):
    data = files.with_secrets(kind)
    assert files.SECRET in data
    clean = encode(drawn(data), target)
    assert files.SECRET not in clean
    with Image.open(BytesIO(clean)) as image:
        assert not dict(image.getexif())
        assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & set(image.info)


RED_IS = {1: "left", 2: "right", 3: "right", 4: "left", 5: "top", 6: "top", 7: "bottom", 8: "bottom"}


@pytest.mark.parametrize(("orientation", "place"), RED_IS.items())
def test_the_orientation_is_applied(orientation, place):
    image = drawn(files.turned(orientation))
    assert image.size == ((40, 60) if orientation > 4 else (60, 40))
    width, height = image.size
    spots = {
        "left": (5, height // 2),
        "right": (width - 5, height // 2),
        "top": (width // 2, 5),
        "bottom": (width // 2, height - 5),
    }
    opposite = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}[place]
    assert near(image.getpixel(spots[place]), files.RED)
    assert near(image.getpixel(spots[opposite]), files.BLUE)


@pytest.mark.parametrize(
    ("mode", "kind", "colour", "seen"),
    [
        ("L", "JPEG", 200, (200, 200, 200)),
        ("CMYK", "JPEG", (0, 255, 255, 0), (255, 0, 0)),
        ("1", "PNG", 1, (255, 255, 255)),
        ("P", "PNG", 0, (0, 0, 0)),
        ("L", "PNG", 90, (90, 90, 90)),
        ("I;16", "PNG", 200 * 256, (200, 200, 200)),
        ("RGB", "WEBP", files.GREEN, files.GREEN),
        ("P", "GIF", 0, (0, 0, 0)),
    ],
)
def test_every_kind_of_colour_becomes_rgb(mode, kind, colour, seen):
    image = drawn(files.plain(kind, mode=mode, colour=colour))
    assert image.mode == "RGB"
    assert near(image.getpixel((40, 30)), seen, 12)


@pytest.mark.parametrize(
    ("mode", "colour", "kind"),
    [("RGBA", (230, 20, 20, 90), "PNG"), ("LA", (90, 90), "PNG"), ("RGBA", (230, 20, 20, 90), "WEBP")],
)
def test_what_shines_through_stays_so(mode, colour, kind):
    image = drawn(files.plain(kind, mode=mode, colour=colour, size=(900, 700)))
    assert has_alpha(image)
    assert abs(image.getpixel((200, 150))[3] - 90) <= 2


def test_a_transparent_colour_of_a_palette_stays_transparent():
    image = Image.new("P", (40, 40), 1)
    image.putpalette([0, 0, 0, 250, 10, 10])
    assert drawn(files.encoded(image, "PNG", transparency=1)).getpixel((20, 20))[3] == 0


def test_an_alpha_channel_that_hides_nothing_is_dropped():
    assert drawn(files.plain("PNG", mode="RGBA", colour=(*files.RED, 255))).mode == "RGB"


def test_a_colour_profile_is_applied():
    """Values of a Lab-like gamut mean another colour in sRGB; a wide profile shows it."""
    wide = _wide_profile()
    plain = drawn(files.encoded(Image.new("RGB", (60, 40), (200, 60, 60)), "JPEG", quality=95))
    managed = drawn(
        files.encoded(Image.new("RGB", (60, 40), (200, 60, 60)), "JPEG", quality=95, icc_profile=wide)
    )
    assert near(plain.getpixel((30, 20)), (200, 60, 60), 4)
    assert not near(managed.getpixel((30, 20)), (200, 60, 60), 10)
    assert near(managed.getpixel((30, 20)), (60, 60, 200), 30)


@pytest.mark.parametrize(
    "profile",
    [b"not a profile", b"\0" * 200, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()],
)
@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "JPEG"), ("CMYK", "JPEG"), ("RGBA", "PNG"), ("L", "JPEG")]
)
def test_a_profile_that_does_not_fit_is_ignored(profile, mode, kind):
    image = drawn(files.encoded(Image.new(mode, (60, 40)), kind, icc_profile=profile))
    assert image.size == (60, 40)


@pytest.mark.parametrize(
    ("size", "side", "fitted"),
    [
        ((4000, 3000), 400, (400, 300)),
        ((3000, 4000), 400, (300, 400)),
        ((300, 200), 400, (300, 200)),
        ((10000, 2), 400, (400, 1)),
        ((1, 1), 400, (1, 1)),
    ],
)
def test_pictures_become_smaller_never_larger(size, side, fitted):
    assert fit_within(size, side) == fitted
    assert drawn(files.plain("PNG", size=size), side).size == fitted


@pytest.mark.parametrize(("mode", "kind"), [("RGB", "PNG"), ("RGBA", "PNG"), ("RGB", "JPEG"), ("P", "GIF")])
def test_strips_leave_no_seams(mode, kind):
    """A picture of many strips looks as if it had been made smaller in one piece."""
    ramp = Image.linear_gradient("L").resize((3000, 5000)).convert("RGB")
    data = files.encoded(ramp.convert(mode), kind)
    with Image.open(BytesIO(data)) as whole:
        expected = whole.convert("RGB").resize((420, 700), Image.Resampling.LANCZOS)
    got = drawn(data, 700).convert("RGB")
    worst = max(
        abs(got.getpixel((x, y))[0] - expected.getpixel((x, y))[0]) for x in (0, 200, 419) for y in range(700)
    )
    assert worst <= 3


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_half_a_file_is_refused(kind, part):
    data = files.photo((500, 400), kind)
    with pytest.raises(Invalid, match="damaged"):
        drawn(data[: int(len(data) * part)])


def test_the_placeholder_is_short_and_the_same_each_time():
    image = drawn(files.photo())
    assert blurhash_of(image) == blurhash_of(image)
    assert 20 < len(blurhash_of(image)) < 40


def test_the_placeholder_of_one_pixel():
    assert blurhash_of(Image.new("RGB", (1, 1), files.RED))


def test_an_avatar_is_a_square_from_the_middle():
    image = Image.new("RGB", (900, 300), files.BLUE)
    image.paste(files.RED, (300, 0, 600, 300))
    content, extension = make_avatar(BytesIO(files.encoded(image, "PNG")))
    with Image.open(BytesIO(content)) as avatar:
        assert (extension, avatar.format, avatar.size) == ("webp", "WEBP", (400, 400))
        pixels = avatar.convert("RGB")
    assert all(
        near(pixels.getpixel(spot), files.RED) for spot in [(10, 10), (390, 10), (200, 200), (10, 390)]
    )


@pytest.mark.parametrize("size", [(3000, 1000), (1500, 3000), (20, 20), (4000, 10)])
def test_a_header_is_three_to_one_whatever_it_was(size):
    content, extension = make_header(BytesIO(files.plain("PNG", size=size)))
    with Image.open(BytesIO(content)) as header:
        assert (extension, header.size) == ("webp", (1500, 500))


def test_profile_pictures_keep_no_secrets_and_refuse_what_is_none():
    for make in (make_avatar, make_header):
        assert files.SECRET not in make(BytesIO(files.with_secrets("JPEG")))[0]
        with pytest.raises(Invalid, match="SVG"):
            make(BytesIO(b"<svg/>"))


def _wide_profile() -> bytes:
    """sRGB with its red and blue primaries exchanged: a profile nobody can mistake for none."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(profile)
