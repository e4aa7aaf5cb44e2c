"""What a tweet asks: `Poll`."""

from collections.abc import Sequence
from datetime import datetime
from time import time
from typing import Any, NamedTuple

from api.shapes.values import stamp


class PollFacts(NamedTuple):
    """The columns of a poll, and how the viewer stands to it. `picked` is None for visitors."""

    tweet_id: int
    choices: Sequence[str]
    counts: Sequence[int]
    voters: int
    is_multiple: bool
    hides_totals: bool
    ends_at: datetime
    is_mine: bool
    picked: int | None


def poll(facts: PollFacts) -> dict[str, Any]:
    """Its id is that of its tweet. Numbers that the author hides until the end are null or nothing."""
    has_ended = facts.ends_at.timestamp() <= time()
    shows_totals = has_ended or facts.is_mine or bool(facts.picked) or not facts.hides_totals
    votes = [count if shows_totals else None for count in facts.counts]
    shape: dict[str, Any] = {
        "id": str(facts.tweet_id),
        "expires_at": stamp(facts.ends_at),
        "expired": has_ended,
        "multiple": facts.is_multiple,
        "votes_count": sum(facts.counts) if shows_totals else 0,
        "voters_count": facts.voters if shows_totals else 0,
        "options": [
            {"title": choice, "votes_count": count}
            for choice, count in zip(facts.choices, votes, strict=True)
        ],
        "emojis": [],
    }
    if facts.picked is not None:
        # An author has no vote; clients show the numbers instead of buttons to whoever “voted”.
        shape["voted"] = facts.is_mine or facts.picked > 0
        shape["own_votes"] = [place for place in range(len(facts.choices)) if facts.picked >> place & 1]
    return shape
