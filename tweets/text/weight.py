"""How much of a tweet's room a text takes up.

The numbers are those of the public twitter-text configuration, version 3 (`config-v3.json`, Apache
licence 2.0): letters of most alphabets weigh 1, Chinese, Japanese and Korean ones 2, an emoji 2 however
it is composed, a link 23 however long it is. The domain of a mention weighs nothing, so that people of
other servers can be answered at length.
"""

import unicodedata
from collections.abc import Iterable, Iterator

import regex

from common.emoji import EMOJI
from tweets.text.entities import Entity, find_entities

MAX_WEIGHT = 280
SCALE = 100  # the weights below are hundredths
DEFAULT_WEIGHT = 200
LIGHT_WEIGHT = 100
LIGHT_RANGES = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))  # code points, both ends included
LINK_WEIGHT = 23 * SCALE
EMOJI_WEIGHT = DEFAULT_WEIGHT


def weigh(text: str) -> int:
    """The weighted length, after NFC; to be compared with the limit of 280."""
    text = unicodedata.normalize("NFC", text)
    return weigh_parsed(text, find_entities(text))


def weigh_parsed(text: str, entities: Iterable[Entity]) -> int:
    """The same for an NFC text whose entities are known."""
    weight = sum(
        _plain_weight(text[start:end]) if fixed is None else fixed
        for start, end, fixed in _pieces(text, entities)
    )
    return weight // SCALE


def fits_until(text: str, entities: Iterable[Entity], limit: int) -> int:
    """How many code points from the start of an NFC text are within the limit; links and emoji stay whole."""
    used, reached = 0, 0
    for start, end, fixed in _pieces(text, entities):
        units = _units(text[start:end], start) if fixed is None else [(end, fixed)]
        for unit_end, weight in units:
            used += weight
            if used // SCALE > limit:
                return reached
            reached = unit_end
    return len(text)


_LIGHT = "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in LIGHT_RANGES)
_ONLY_LIGHT = regex.compile(f"[{_LIGHT}]*+")
_LIGHT_CHARACTER = regex.compile(f"[{_LIGHT}]")

# A longer chain of pictures would let a whole novel weigh two.
_UNIT = regex.compile(rf"(?s:(?P<emoji>{EMOJI})|.)")


def _pieces(text: str, entities: Iterable[Entity]) -> Iterator[tuple[int, int, int | None]]:
    """The text cut into (start, end, fixed weight), or None where its characters are to be weighed."""
    position = 0
    for entity in entities:
        if entity.kind == "url":
            yield position, entity.start, None
            yield entity.start, entity.end, LINK_WEIGHT
        elif entity.kind == "mention" and (domain := text.find("@", entity.start + 1, entity.end)) > 0:
            yield position, domain, None
            yield domain, entity.end, 0
        else:
            continue
        position = entity.end
    yield position, len(text), None


def _plain_weight(piece: str) -> int:
    if _ONLY_LIGHT.fullmatch(piece):
        return LIGHT_WEIGHT * len(piece)
    return sum(weight for _, weight in _units(piece))


def _units(piece: str, offset: int = 0) -> Iterator[tuple[int, int]]:
    """End and weight of each character or emoji."""
    for unit in _UNIT.finditer(piece):
        if unit["emoji"]:
            weight = EMOJI_WEIGHT
        elif _LIGHT_CHARACTER.match(unit[0]):
            weight = LIGHT_WEIGHT
        else:
            weight = DEFAULT_WEIGHT
        yield offset + unit.end(), weight
