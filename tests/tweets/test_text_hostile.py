"""Text made to be slow: reading, counting and drawing stay linear."""

import pytest

from tests.pace import is_within
from tweets.text import clean, parse, plain_excerpt, render

SIZE = 100_000
SECONDS = 0.5  # for each step; the slowest takes a third of it

HOSTILE = [
    "a",
    " ",
    " \n",
    "@",
    "#",
    ".",
    "(",
    "http://",
    "a.",
    "a-",
    "a_.",
    "-.",
    "1.",
    "é.",
    "日.",
    "@a",
    "@a ",
    "rt@",
    "rt@rt ",
    "@a@",
    "@a.",
    "@a.b@",
    "@a@b.c",
    "#a",
    "#1",
    "#a ",
    "##1_",
    "a.co ",
    "a.co/(",
    "http://a.",
    "http://a.co/(",
    "http://a.co/()(",
    "http://a.co/!",
    "http://a.co/?",
    "http://[::",
    "http://a-",
    "://a.",
    "xn--a.",
    "\u0301",
    "e\u0301",
    "\u200d",
    "\ufe0f",
    "\U0001f1e9",
    "\U0001f468\u200d",
    "\U0001f3f4\U000e0067",
    "1\ufe0f",
    "\u202e",
    "<",
]


IN_A_LINK = ["(", ")", "()", "(a", "!", "?!", "a(", "(((a)"]
IN_A_HANDLE = ["a", "a.", "a-", "rt@", "."]


@pytest.mark.parametrize(
    ("beginning", "piece"),
    [("", piece) for piece in HOSTILE]
    + [("http://a.co/", piece) for piece in IN_A_LINK]
    + [("@a@", piece) for piece in IN_A_HANDLE],
    ids=ascii,
)
def test_a_hundred_thousand_hostile_characters(beginning, piece):
    text = (beginning + piece * SIZE)[:SIZE]
    entities = parse(text).entities
    for step in (
        lambda: parse(text),
        lambda: render(text, entities),
        lambda: clean(text),
        lambda: plain_excerpt(text, 100),
    ):
        assert is_within(step, SECONDS, tries=2)
