"""Finding words in a text as readers would: whatever the case, the accents and the script."""

import re
import unicodedata
from functools import lru_cache

# Marks that readers pass over: accents of Latin, Greek and Cyrillic (but й is a letter of its own), the
# points of Hebrew, the vowel signs of Arabic and its stretching line. The vowels of Indian scripts and
# the voicing marks of kana are also marks, and make another word.
_ACCENTS = re.compile(
    "(?<!\u0438)\u0306|[\u0300-\u0305\u0307-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670]"
)
# What is not seen at all, and quotation marks that keyboards turn round by themselves.
_NOT_SEEN = "\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff"
_PLAIN = str.maketrans(
    {**dict.fromkeys(_NOT_SEEN, ""), **dict.fromkeys("‘’ʼ", "'"), **dict.fromkeys("“”„", '"')}
)
# Scripts that leave no space between words: Thai to Myanmar, Khmer, kana and Chinese characters.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_KEPT = 4000  # texts in the memory of a process: the same tweets are read by many


def fold_once(text: str) -> str:
    """The text in the form in which texts are compared; different spellings of the same fall together."""
    if text.isascii():
        return " ".join(text.lower().split())
    loose = unicodedata.normalize("NFKD", text.translate(_PLAIN)).casefold()
    loose = unicodedata.normalize("NFKD", loose)
    return " ".join(unicodedata.normalize("NFC", _ACCENTS.sub("", loose)).split())


fold = lru_cache(maxsize=_KEPT)(fold_once)  # for whole texts, which many readers ask about


def stands_alone(phrase: str, text: str) -> bool:
    """Whether the phrase occurs in the text as whole words. Both are folded; the phrase is not empty.

    A letter, mark or digit binds the one beside it, unless its script knows no spaces between words. One
    walk over the text, without a pattern that a phrase could make slow.
    """
    start = text.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        if not (
            _are_bound(text[start - 1 : start], phrase[0]) or _are_bound(phrase[-1], text[end : end + 1])
        ):
            return True
        start = text.find(phrase, start + 1)
    return False


def _are_bound(left: str, right: str) -> bool:
    return _binds(left) and _binds(right)


def _binds(character: str) -> bool:
    if not character:
        return False
    is_part_of_a_word = character == "_" or unicodedata.category(character)[0] in "LMN"
    return is_part_of_a_word and not _UNSPACED.match(character)
