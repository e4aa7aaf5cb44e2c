"""Words are found as a reader would find them, in any script, and in no more time than reading takes."""

import time

import pytest

from common.words import fold, stands_alone


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SPOILER", "spoiler"),
        ("Café", "cafe\u0301"),  # composed and not
        ("Café", "cafe"),
        ("ΣΊΣΥΦΟΣ", "σισυφος"),
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("ёлка", "елка"),
        ("ＡＢＣ", "abc"),
        ("ﬁlm", "film"),
        ("don’t", "don't"),
        ("new\u00a0 york", "New York"),
        ("spo\u00adi\u200bler", "spoiler"),
        ("❤️", "❤"),
        ("שָׁלוֹם", "שלום"),
        ("مُحَمَّد", "محمد"),
        ("각", "\u1100\u1161\u11a8"),
    ],
)
def test_spellings_of_the_same_fall_together(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("мой", "мои"), ("ばか", "はか"), ("कि", "की"), ("가", "각"), ("cat", "cut"), ("a b", "ab")],
)
def test_other_words_stay_apart(one, other):
    assert fold(one) != fold(other)
    assert fold(one) not in fold(other)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("cat", "The CAT."),
        ("cat", "cat"),
        ("cat", "my #cat's here"),
        ("cat", "concatenate, or cat"),
        ("new york", "in New\nYork today"),
        ("#spoiler", "look #Spoiler!"),
        ("c++", "I write C++, mostly"),
        ("спойлер", "Внимание, спойлер!"),
        ("天気", "今日の天気は晴れ"),
        ("电影", "我喜欢这部电影吗"),
        ("ai", "最新のAI技術"),
        ("ฝน", "วันนี้ฝนตก"),
        ("हिन्दी", "मैं हिन्दी बोलता हूँ"),
        ("🎃", "happy🎃day"),
    ],
)
def test_a_whole_word_is_found(phrase, text):
    assert stands_alone(fold(phrase), fold(text))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("cat", "concatenate"),
        ("cat", "cats"),
        ("cat", "cat_food"),
        ("cat", "cat9"),
        ("#spoiler", "#spoilers"),
        ("кот", "который"),
        ("हि", "हिन्दी"),
        ("कर", "करना"),
        ("서울", "서울에서"),
        ("tea", "coffee"),
    ],
)
def test_a_part_of_a_longer_word_is_none(phrase, text):
    assert not stands_alone(fold(phrase), fold(text))


def test_no_phrase_makes_it_slow():
    began = time.process_time()
    for phrase in ("a" * 100, "(a+)+$", "(.*a){20}", "ab" * 50):
        stands_alone(fold(phrase), fold("a" * 5000))
        stands_alone(fold(phrase), fold("ab" * 2500))
    assert time.process_time() - began < 1
