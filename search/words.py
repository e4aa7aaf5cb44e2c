"""Text as the index knows it: folded words, the same for what is said and for what is asked.

Case and accents do not matter. Scripts that write without spaces are cut into overlapping pairs of
characters, so that any part of such a text is found as a row of pairs.
"""

from collections.abc import Iterator
from typing import NamedTuple

import regex

from common.words import fold_once

# Words one after the other without a space between them.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_KANA_MARKS = "ーｰﾞﾟ"  # belong to no script, and in kana of half the width the voicing marks are no marks
_RUNS = regex.compile(
    rf"(?P<unspaced>[{_UNSPACED}][{_UNSPACED}\p{{M}}{_KANA_MARKS}]*)"
    rf"|(?P<word>(?:(?![{_UNSPACED}])[\p{{L}}\p{{N}}_])(?:(?![{_UNSPACED}])[\p{{L}}\p{{N}}\p{{M}}_])*)"
    r"|(?P<picture>\p{Extended_Pictographic}|\p{Regional_Indicator}{2})"
)
# Some signs unfold to several words, or to what is none.
_NO_WORD = regex.compile(r"[^\p{L}\p{N}\p{M}_\p{Extended_Pictographic}\p{Regional_Indicator}]+")
_LONGEST = 64  # characters of a word that are kept


class Run(NamedTuple):
    """A stretch of text that is found as a whole: one word, or a row of characters without spaces."""

    start: int  # in the text as it was given
    end: int
    folded: str
    is_unspaced: bool


def runs_of(text: str) -> Iterator[Run]:
    """The stretches of a text, in order; offsets count code points."""
    for found in _RUNS.finditer(text):
        folded = fold(found[0])
        if folded:
            yield Run(found.start(), found.end(), folded, found.lastgroup == "unspaced")


def fold(text: str) -> str:
    """Without case, accents and widths: Café, CAFE and ｃａｆé are one word."""
    folded: str = _NO_WORD.sub("", fold_once(text))
    return folded


def rows_to_keep(text: str) -> tuple[list[str], list[str]]:
    """The words of a text in order, and beside them the last characters of unspaced runs.

    These make every character the beginning of some word, so that it is found alone, too.
    """
    words: list[str] = []
    last: list[str] = []
    for run in runs_of(text):
        if run.is_unspaced:
            words += _pairs(run.folded)
            last.append(run.folded[-1])
        else:
            words.append(run.folded[:_LONGEST])
    return words, last


def words_to_find(text: str) -> list[str]:
    """The words of a question in order. One unspaced character alone is the beginning of a word to find."""
    words: list[str] = []
    for run in runs_of(text):
        if run.is_unspaced:
            words += _pairs(run.folded) or [f"{run.folded}*"]
        else:
            words.append(run.folded[:_LONGEST])
    return words


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)]
