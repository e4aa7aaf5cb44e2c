"""How much of its room a text takes up, and whether it may be a tweet."""

import pytest

from tweets.text import parse, weigh

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
KEYCAP = "1\ufe0f\u20e3"
FLAG = "\U0001f1e9\U0001f1ea"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
WAVE = "\U0001f44b\U0001f3fd"


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("hello", 5),
        ("héllo", 5),
        ("he\u0301llo", 5),
        ("日本語", 6),
        ("€", 2),
        (FAMILY, 2),
        (KEYCAP, 2),
        (FLAG, 2),
        (SCOTLAND, 2),
        (WAVE, 2),
        ("☺\ufe0f", 2),
        ("©", 1),
        ("©\ufe0f", 2),
        ("a" + FAMILY + "b", 4),
        ("https://example.com/" + "a" * 500, 23),
        ("a.example b.de", 9 + 1 + 23),
        ("@alice@other.example", 6),
        ("@alice@other.example hi", 9),
        ("alice@other.example", 19),
    ],
)
def test_weight(text, weight):
    assert weigh(text) == weight
    assert parse(text).weight == weight


def test_joining_many_emoji_does_not_make_them_weigh_as_one():
    assert weigh("\u200d".join(["\U0001f468"] * 100)) >= 50


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("a" * 280, True),
        ("a" * 281, False),
        ("語" * 140, True),
        ("語" * 141, False),
        ("", False),
        (" \n\u200b\u2800\u3164", False),
        ("nul\x00", False),
        ("half \ud83d", False),
        ("\ufeffhi", False),
    ],
)
def test_valid(text, valid):
    assert parse(text).valid is valid


def test_limit_comes_from_the_caller():
    assert parse("a" * 500, limit=500).valid
    assert not parse("abc", limit=2).valid


def test_the_part_that_fits_ends_before_a_link_or_emoji_that_does_not():
    assert parse("abc").fits_until == 3
    assert parse("a" * 300).fits_until == 280
    assert parse("a" * 279 + FAMILY + "b").fits_until == 279
    assert parse("a" * 270 + " https://example.com").fits_until == 271
