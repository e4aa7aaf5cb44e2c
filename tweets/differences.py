"""What changed between two versions of a text, in words."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

import regex

# Above this product of words the middle is shown as replaced: comparing costs more than anyone reads.
MOST_COMPARISONS = 90_000

Kind = Literal["same", "added", "removed"]


class Segment(NamedTuple):
    kind: Kind
    text: str


def differences(old: str, new: str) -> list[Segment]:
    """Old and new text as one: same and removed together give the old, same and added the new.

    Words, links, handles and letters of scripts without spaces change as a whole; where something was
    replaced, the removed part comes first. Cost is bounded, whatever the texts.
    """
    before, after = _tokens(old), _tokens(new)
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    changes = _compare(before[head : len(before) - tail], after[head : len(after) - tail])
    end = before[len(before) - tail :]
    return _join([("same", before[:head], before[:head]), *changes, ("same", end, end)])


_TOKEN = regex.compile(
    r"https?://\S++"
    r"|[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*+"
    r"|@[A-Za-z0-9_]++(?:@[A-Za-z0-9.\-]*[A-Za-z0-9])?+"
    r"|#?+[\p{L}\p{N}_][\p{L}\p{M}\p{N}_'’\-]*+"
    r"|\n|[^\S\n]++|\X"
)

_Change = tuple[Literal["same", "changed"], Sequence[str], Sequence[str]]


def _tokens(text: str) -> list[str]:
    return [found[0] for found in _TOKEN.finditer(text)]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many tokens both begin with."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _compare(before: Sequence[str], after: Sequence[str]) -> Iterator[_Change]:
    if len(before) * len(after) > MOST_COMPARISONS:
        yield "changed", before, after
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield ("same" if tag == "equal" else "changed"), before[i1:i2], after[j1:j2]


def _join(changes: Iterable[_Change]) -> list[Segment]:
    """Segments from changes; a lone space between two replaced words is part of the replacement."""
    kept = [change for change in changes if change[1] or change[2]]
    segments: list[Segment] = []
    removed = added = ""
    for index, (kind, before, after) in enumerate(kept):
        if kind == "changed" or _is_gap(kept, index):
            removed += "".join(before)
            added += "".join(after)
            continue
        segments += _replacement(removed, added)
        segments.append(Segment("same", "".join(before)))
        removed = added = ""
    return segments + _replacement(removed, added)


def _is_gap(changes: list[_Change], index: int) -> bool:
    _, shared, _ = changes[index]
    neighbours = changes[index - 1 : index] + changes[index + 1 : index + 2]
    return (
        len(shared) == 1
        and shared[0] == " "
        and len(neighbours) == 2
        and all(before and after for _, before, after in neighbours)
    )


def _replacement(removed: str, added: str) -> list[Segment]:
    parts = (Segment("removed", removed), Segment("added", added))
    return [part for part in parts if part.text]
