"""What a tweet asks: `Poll`."""

from collections.abc import Sequence
from datetime import datetime
from time import time
from typing import Any, NamedTuple

from api.shapes.told import Told
from api.shapes.values import stamp
from tweets.models import Poll, PollVote, Tweet
from tweets.queries import Viewer


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


def facts_of(tweet: Tweet, viewer: Viewer) -> PollFacts | None:
    """The poll of one tweet, or of what it spreads; None where nothing is asked. Two queries."""
    row = Poll.objects.select_related("tweet").filter(pk=tweet.retweet_of_id or tweet.pk).first()
    if row is None:
        return None
    picked = None
    if viewer.pk is not None:
        votes = PollVote.objects.filter(poll=row, voter_id=viewer.pk)
        picked = votes.values_list("picked", flat=True).first() or 0
    return PollFacts(
        tweet_id=row.pk,
        choices=row.choices,
        counts=row.counts,
        voters=row.voters_count,
        is_multiple=row.is_multiple,
        hides_totals=row.hides_totals,
        ends_at=row.ends_at,
        is_mine=row.tweet.author_id == viewer.pk,
        picked=picked,
    )


def facts_in(tweet: Told, viewer: Viewer) -> PollFacts | None:
    """The same of what was loaded for a status. No query."""
    row, words = tweet.row, tweet.words
    if row.poll__ends_at is None:
        return None
    return PollFacts(
        tweet_id=words.id,
        choices=row.poll__choices or [],
        counts=row.poll__counts or [],
        voters=row.poll__voters_count or 0,
        is_multiple=bool(row.poll__is_multiple),
        hides_totals=bool(row.poll__hides_totals),
        ends_at=row.poll__ends_at,
        is_mine=words.author_id == viewer.pk,
        picked=None if viewer.pk is None else row.picked or 0,
    )


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
