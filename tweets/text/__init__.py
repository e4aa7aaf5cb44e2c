"""The text of a tweet: cleaned, read once when it is written, counted, and turned into finished HTML."""

from tweets.text.cleaning import clean, is_visible, plain_excerpt
from tweets.text.entities import Entity, find_entities, tag_key
from tweets.text.links import address
from tweets.text.parsing import ParsedText, parse
from tweets.text.rendering import render
from tweets.text.weight import MAX_WEIGHT, weigh

__all__ = [
    "MAX_WEIGHT",
    "Entity",
    "ParsedText",
    "address",
    "clean",
    "find_entities",
    "is_visible",
    "parse",
    "plain_excerpt",
    "render",
    "tag_key",
    "weigh",
]
