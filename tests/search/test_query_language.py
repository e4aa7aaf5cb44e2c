"""What people type becomes conditions; what makes no sense becomes a sentence, never an error."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query_language import Condition, read_question
from tweets.models import Tweet


def conditions(text):
    question = read_question(text)
    assert question.problems == []
    return [
        (it.kind, it.words if it.kind == "words" else it.value, it.is_negated) for it in question.conditions
    ]


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("Django", [("words", ("django",), False)]),
        ("two words", [("words", ("two",), False), ("words", ("words",), False)]),
        ('"Two  words"', [("words", ("two", "words"), False)]),
        ("-not", [("words", ("not",), True)]),
        ('-"not this"', [("words", ("not", "this"), True)]),
        ("from:Alice", [("from", "alice", False)]),
        ("from:@alice", [("from", "alice", False)]),
        ("-to:bob", [("to", "bob", True)]),
        ("@Bob", [("at", "bob", False)]),
        ("@eve@other.example", [("at", "eve@other.example", False)]),
        ("#Café", [("tag", "café", False)]),
        ("-#tea", [("tag", "tea", True)]),
        ("has:media", [("has", "media", False)]),
        ("HAS:Images", [("has", "media", False)]),
        ("has:link is:reply", [("has", "link", False), ("is", "reply", False)]),
        ('"from:alice"', [("words", ("from", "alice"), False)]),  # in quotes it is text
        ("10:30", [("words", ("10", "30"), False)]),
        ("http://example.org/a", [("words", ("http", "example", "org", "a"), False)]),
        ("don't", [("words", ("don", "t"), False)]),
        ("東京都", [("words", ("東京", "京都"), False)]),
        ("猫", [("words", ("猫*",), False)]),
        ("ﾜﾝﾋﾟｰｽ", [("words", ("ワン", "ンピ", "ピー", "ース"), False)]),  # half the width, the same word
        ("🇩🇪", [("words", ("🇩🇪",), False)]),
        ("ラーメンtokyo", [("words", ("ラー", "ーメ", "メン", "tokyo"), False)]),
        ("🎉", [("words", ("🎉",), False)]),
        ('"open', [("words", ("open",), False)]),
        ("", []),
        ("... - -- \" ' ( ) * : AND", [("words", ("and",), False)]),
        ("#", []),
        ("@", []),
    ],
)
def test_typed_text_is_understood(typed, understood):
    assert conditions(typed) == understood


def test_days_bound_the_time():
    question = read_question("tea before:2026-11-22 after:2026-01-31")

    assert (question.after, question.before) == (date(2026, 1, 31), date(2026, 11, 22))
    assert len(question.conditions) == 1


def test_the_narrower_of_two_days_counts():
    question = read_question("before:2026-11-22 before:2026-10-01 after:2026-01-01 after:2026-02-01")

    assert (question.after, question.before) == (date(2026, 2, 1), date(2026, 10, 1))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("has:cats", "“has:cats” says nothing to us; there are has:media, has:link and has:poll."),
        ("is:funny", "“is:funny” says nothing to us; there are is:reply and is:quote."),
        ("before:tuesday", "“before:tuesday” needs a day like before:2026-11-22."),
        ("after:2026-02-30", "“after:2026-02-30” needs a day like after:2026-11-22."),
        ("-after:2026-02-03", "“-after:” is not understood; turn before and after around instead."),
    ],
)
def test_what_makes_no_sense_is_explained_and_the_rest_is_searched(typed, sentence):
    question = read_question(f"tea {typed}")

    assert question.problems == [sentence]
    assert question.conditions == [Condition("words", "tea", ("tea",))]


def test_very_long_questions_are_cut_and_it_is_said(settings):
    question = read_question("a " * 10_000)

    assert len(question.text) <= settings.SEARCH_MAX_LENGTH
    assert len(question.conditions) == settings.SEARCH_MAX_TERMS
    assert "Only the first 20" in question.problems[0]


@given(st.text(max_size=200))
def test_nothing_that_can_be_typed_is_an_error(text):
    read_question(text)


def test_conditions_exist_for_what_a_tweet_can_be():
    """A new kind of tweet wants a word here."""
    assert {"is_reply", "is_quote"} <= {field.name for field in Tweet._meta.get_fields()}
