"""Codes of languages, however they were written."""

import pytest

from common.languages import english_name, known_language, language_names


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("de", "de"),
        ("DE", "de"),
        ("pt-BR", "pt"),
        ("zh", "zh-hans"),
        ("zh-TW", "zh-hant"),
        ("zh-Hant-HK", "zh-hant"),
        ("sr-Latn-RS", "sr-latn"),
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
    assert names["da"] == "Dansk"
    ordered = list(names.values())
    assert ordered.index("Íslenska") < ordered.index("Norsk") < ordered.index("Ελληνικά")


def test_regions_are_no_languages_scripts_are():
    assert not {"en-gb", "pt-br", "es-ar"} & set(language_names())
    assert {"zh-hans", "zh-hant", "sr-latn"} <= set(language_names())


def test_every_code_finds_itself_and_has_an_english_name():
    for code in language_names():
        assert known_language(code) == code
        assert english_name(code)


def test_every_code_fits_the_column():
    assert max(map(len, language_names())) <= 10
