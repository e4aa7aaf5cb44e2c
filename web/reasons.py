"""Why a tweet stands at home."""

from collections.abc import Sequence
from dataclasses import replace

from timelines.queries import Home
from tweets.cards import TweetCard


def with_reasons(cards: Sequence[TweetCard], home: Home) -> list[TweetCard]:
    """The cards that a followed tag brought say so."""
    tags = home.tags
    return [replace(card, because_of=tags[card.id]) if card.id in tags else card for card in cards]
