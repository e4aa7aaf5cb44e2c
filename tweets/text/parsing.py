"""Everything one wants to know about a text, found in one reading."""

import unicodedata
from dataclasses import dataclass

from tweets.text.cleaning import is_storable, is_visible
from tweets.text.entities import Entity, find_entities, tag_key
from tweets.text.links import address
from tweets.text.weight import MAX_WEIGHT, fits_until, weigh_parsed


@dataclass(frozen=True, slots=True)
class ParsedText:
    """What a text holds and whether it may be a tweet. Nothing here needs the text again."""

    entities: tuple[Entity, ...]
    weight: int
    valid: bool  # something to see, nothing unstorable, within the limit
    fits_until: int  # code points of the NFC text that are within the limit; all of them if it fits

    @property
    def mentions(self) -> tuple[str, ...]:
        """Lower-case names without @, in order, each once; with a domain for people of other servers."""
        return tuple(dict.fromkeys(e.value.lower() for e in self.entities if e.kind == "mention"))

    @property
    def hashtags(self) -> tuple[str, ...]:
        """Tags without #, folded by `tag_key`, in order, each once."""
        return tuple(dict.fromkeys(tag_key(e.value) for e in self.entities if e.kind == "hashtag"))

    @property
    def urls(self) -> tuple[str, ...]:
        """Full addresses, in order, each once."""
        return tuple(dict.fromkeys(address(e.value) for e in self.entities if e.kind == "url"))


def parse(text: str, *, limit: int = MAX_WEIGHT, home: str = "") -> ParsedText:
    """Read a text once: its entities, its weight, and whether it is a valid tweet by itself.

    Any string is fine, but offsets of entities are only good for storing after `clean`. `limit` is
    in weighted characters; `home` is this server's host in handles, see `find_entities`. A tweet
    that consists of pictures alone has a text that is not valid, and need not be.
    """
    entities = find_entities(text, home=home)
    composed = unicodedata.normalize("NFC", text)
    same = entities if composed == text else find_entities(composed, home=home)
    weight = weigh_parsed(composed, same)
    return ParsedText(
        entities=entities,
        weight=weight,
        valid=weight <= limit and is_visible(text) and is_storable(text),
        fits_until=len(composed) if weight <= limit else fits_until(composed, same, limit),
    )
