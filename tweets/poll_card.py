"""A poll as one reader sees it: what may still be picked, or how it stands."""

from dataclasses import dataclass
from datetime import UTC

from tweets.ages import time_left
from tweets.models.poll import has_bit
from tweets.queries.shown import ShownTweet


@dataclass(frozen=True, slots=True)
class ChoiceCard:
    """`percent` of the voters picked it, rounded down; None while the reader may not know."""

    text: str
    percent: int | None
    is_mine: bool
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class PollCard:
    """`is_open` to this reader's vote; `shows_totals` also to whoever has not voted, unless the author hides
    them until the end. `voters` is 0 for readers who want no counts.
    """

    edition: int
    choices: tuple[ChoiceCard, ...]
    voters: int
    is_multiple: bool
    is_open: bool
    has_voted: bool
    has_ended: bool
    shows_totals: bool
    ends_iso: str
    left: str


def poll_card(tweet: ShownTweet, viewer_id: int | None, now: float, *, hides_counts: bool) -> PollCard | None:
    """None for a tweet that asks nothing; `now` is the time, in seconds."""
    ends_at = tweet.poll__ends_at
    if ends_at is None:
        return None
    counts, voters = tweet.poll__counts or [], tweet.poll__voters_count or 0
    left = ends_at.timestamp() - now
    picked = tweet.picked or 0
    has_ended, is_mine = left <= 0, tweet.author_id == viewer_id
    shows_totals = has_ended or is_mine or picked > 0 or not tweet.poll__hides_totals
    return PollCard(
        edition=tweet.poll__edition or 1,
        choices=tuple(
            ChoiceCard(
                text=text,
                percent=_percent(count, voters) if shows_totals else None,
                is_mine=has_bit(picked, place),
                is_ahead=shows_totals and 0 < count == max(counts),
            )
            for place, (text, count) in enumerate(zip(tweet.poll__choices or [], counts, strict=True))
        ),
        voters=voters if shows_totals and not hides_counts else 0,
        is_multiple=bool(tweet.poll__is_multiple),
        is_open=not (has_ended or is_mine or picked or viewer_id is None),
        has_voted=picked > 0,
        has_ended=has_ended,
        shows_totals=shows_totals,
        ends_iso=ends_at.astimezone(UTC).isoformat(timespec="seconds"),
        left=time_left(left) or "Final results",
    )


def _percent(count: int, voters: int) -> int:
    return 100 * count // voters if voters else 0
