"""Codes of languages, however they were written."""

import pytest

from common.languages import known_language, language_names


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("de", "de"),
        ("DE", "de"),
        ("pt-BR", "pt-br"),
        ("zh_Hans", "zh-hans"),
        ("fr-CA", "fr"),
        ("es-x-y", "es"),
    ],
)
def test_a_code_is_known_in_any_spelling(typed, known):
    assert known_language(typed) == known


@pytest.mark.parametrize("typed", ["", " ", "-", "xx", "english", "en\0", "x" * 5000, "-en"])
def test_others_are_not(typed):
    assert known_language(typed) is None


def test_names_are_those_their_speakers_use():
    names = language_names()
    assert names["de"] == "Deutsch"
    assert names["ja"] == "日本語"


def test_every_code_fits_the_column():
    assert max(map(len, language_names())) <= 10
