"""Forgiving one slip of the pen in a name or a tag: a wrong, missing or doubled letter, or two exchanged.

Each word is kept with all that is left of it when one letter is taken away. Two words that differ by one slip
have such a rest in common, so they meet in the index, whatever the database.
"""

from collections.abc import Iterable

from search.words import fold, runs_of

_SHORTEST, _LONGEST = 4, 30  # characters; of shorter words too many are a slip away from each other


def forgivable(text: str) -> list[str]:
    """The words of a text that are long enough, in scripts that put spaces between words."""
    folded = (run.folded for run in runs_of(text) if not run.is_unspaced)
    return [word for word in folded if _SHORTEST <= len(word) <= _LONGEST]


def near_marks(words: Iterable[str]) -> list[str]:
    """What stands in a document for these words, so that those a slip away find them."""
    return sorted({f"near:{rest}" for word in words for rest in _rests(fold(word))})


def is_near(one: str, other: str) -> bool:
    """Whether one slip at most lies between two words."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    is_one_wrong = one[start + 1 :] == other[start + 1 :]
    is_exchanged = one[start : start + 2] == other[start : start + 2][::-1]
    return is_one_wrong or (is_exchanged and one[start + 2 :] == other[start + 2 :])


def _rests(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
