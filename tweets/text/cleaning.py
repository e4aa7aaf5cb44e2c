"""What a text may be made of, and short versions of it."""

import re
import unicodedata

import regex

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_MANY_BLANK_LINES = re.compile(r"\n{3,}")
# A database or a UTF-8 stream refuses some of these; none of them can be seen.
_UNSTORABLE = regex.compile(r"(?!\n)[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\uFEFF]")
# Overrides and embeddings (U+202A–202E) can show a name or link backwards, and leak into what follows.
# Marks and isolates do the honest work of mixed directions and end with their paragraph, so they stay.
# The rest are deprecated switches, annotation marks and the stand-in of a pasted object.
_UNWELCOME = regex.compile(
    r"(?!\n)[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\uFEFF\u202A-\u202E\u206A-\u206F\uFFF9-\uFFFC]"
)
_VISIBLE = regex.compile(r"[^\s\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]")
_GRAPHEME = regex.compile(r"\X")


def clean(text: str) -> str:
    """The text as it is stored: NFC, plain line ends, at most one blank line in a row, nothing unseen.

    A text with nothing to see in it comes back as "". Cleaning twice changes nothing, and no string raises.
    """
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    text = unicodedata.normalize("NFC", _UNWELCOME.sub("", text))
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    text = _MANY_BLANK_LINES.sub("\n\n", text).lstrip(" \n").rstrip()
    return text if is_visible(text) else ""


def plain_excerpt(text: str, length: int) -> str:
    """The beginning on one line, at most `length` code points with the "…" that marks a cut.

    Cuts between words where one ends in the second half, never inside a letter with its accents or an emoji.
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    if length < 1:
        return ""
    end = _last_boundary(line, length - 1)
    space = line.rfind(" ", length // 2, end + 1)
    return line[: space if space > 0 else end].rstrip() + "…"


def is_visible(text: str) -> bool:
    """Whether a reader would see anything at all."""
    return _VISIBLE.search(text) is not None


def is_storable(text: str) -> bool:
    """False for control characters, lone surrogates and the code points Unicode keeps for itself."""
    return _UNSTORABLE.search(text) is None


def _last_boundary(line: str, most: int) -> int:
    end = 0
    for grapheme in _GRAPHEME.finditer(line):
        if grapheme.end() > most:
            return end
        end = grapheme.end()
    return end
