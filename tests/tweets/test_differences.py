"""The difference between two versions, as a reader of the history sees it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pace import is_within
from tweets.differences import differences

WORDS = st.lists(
    st.sampled_from(["one", "two", " ", " ", "\n", "日", "本", "#tag", ".", "@alice", "e\u0301"]), max_size=40
)
TEXT = st.one_of(WORDS.map("".join), st.text(max_size=40))


def marked(old, new):
    marks = {"same": "{}", "added": "+{}+", "removed": "-{}-"}
    return "".join(marks[kind].format(text) for kind, text in differences(old, new))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "", ""),
        ("hello", "hello", "hello"),
        ("", "hello", "+hello+"),
        ("hello", "", "-hello-"),
        ("a good day", "a bad day", "a -good-+bad+ day"),
        ("a day", "a good day", "a +good +day"),
        ("one two three", "1 2 three", "-one two-+1 2+ three"),
        ("don't", "don’t", "-don't-+don’t+"),
        ("今日は晴れ", "今日は雨", "今日は-晴れ-+雨+"),
        (
            "see https://a.example/x",
            "see https://a.example/y",
            "see -https://a.example/x-+https://a.example/y+",
        ),
        ("hi @alice@other.example", "hi @bob@other.example", "hi -@alice@other.example-+@bob@other.example+"),
        ("one\ntwo", "one\n\ntwo", "one\n+\n+two"),
    ],
)
def test_difference_in_words(old, new, shown):
    assert marked(old, new) == shown


@given(TEXT, TEXT)
def test_both_versions_can_be_read_from_it(old, new):
    segments = differences(old, new)
    assert "".join(text for kind, text in segments if kind != "added") == old
    assert "".join(text for kind, text in segments if kind != "removed") == new
    assert all(text for _, text in segments)
    kinds = [kind for kind, _ in segments]
    assert all(first != second for first, second in pairwise(kinds))
    assert ("added", "removed") not in pairwise(kinds)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 140, "b" + " a" * 139 + "c"),
        ("a b " * 70, "b a " * 70),
        ("日" * 140, "本" + "日" * 139),
        ("a " * 50_000, "b" + " a" * 50_000),
        ("." * 300, "?" + "." * 298 + "!"),
        ("ab " * 50 + "cd " * 50, "cd " * 50 + "ab " * 50),
    ],
    ids=["one word", "two words", "one letter", "very long", "dots", "swapped"],
)
def test_cost_is_bounded(old, new):
    assert is_within(lambda: differences(old, new), 0.5, tries=2)
