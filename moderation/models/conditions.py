"""What has to hold for a tweet so that an automatic rule catches it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

AUTHOR, ANYBODY = "author", "anybody"
_DAY_HOURS = 24


@dataclass(frozen=True, slots=True)
class Conditions:
    """All of those that are given must hold; None and no words are not asked for."""

    younger_than_hours: int | None = None  # the account, when it said this
    links: int | None = None  # at least so many
    new_site_hours: int | None = None  # to a site that nobody had linked to longer ago than that
    strangers: int | None = None  # at least so many people named who do not follow the author
    keywords: tuple[str, ...] = ()  # any of them, as whole words
    repeats: int | None = None  # the same words at least so often, this time included
    repeats_minutes: int | None = None  # within so many
    repeats_by: str = AUTHOR  # by whom: the author alone, or anybody
    pace: int | None = None  # more tweets than so many, this one included
    pace_minutes: int | None = None  # within so many

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Conditions":
        return cls(**{**kept, "keywords": tuple(kept.get("keywords", ()))})

    def as_json(self) -> dict[str, Any]:
        """What is asked for alone, so that two rules that ask the same look the same."""
        kept = {name: value for name, value in asdict(self).items() if value not in (None, (), [])}
        if self.repeats is None:
            del kept["repeats_by"]
        return {**kept, "keywords": list(self.keywords)} if self.keywords else kept

    @property
    def are_empty(self) -> bool:
        return not self.as_json()

    @property
    def window_minutes(self) -> int:
        """How far back others' and former words are looked at."""
        return max(self.repeats_minutes or 0, self.pace_minutes or 0)

    def sentences(self) -> Iterator[str]:
        """What is asked for, in the words of a page."""
        if self.younger_than_hours is not None:
            yield f"The account is younger than {hours_in_words(self.younger_than_hours)}"
        if self.links is not None:
            yield f"At least {_number(self.links, 'link')}"
        if self.new_site_hours is not None:
            hours = hours_in_words(self.new_site_hours)
            yield f"A link to a site that is new here: first linked to less than {hours} before"
        if self.strangers is not None:
            people = "person who does" if self.strangers == 1 else "people who do"
            yield f"Names at least {self.strangers} {people} not follow the author"
        if self.keywords:
            yield f"Any of these words: {', '.join(self.keywords)}"
        if self.repeats is not None:
            who = "anybody" if self.repeats_by == ANYBODY else "the author"
            yield (
                f"The same words at least {self.repeats} times within "
                f"{minutes_in_words(self.repeats_minutes or 0)} by {who}"
            )
        if self.pace is not None:
            within = minutes_in_words(self.pace_minutes or 0)
            yield f"More than {_number(self.pace, 'tweet')} by the author within {within}"


def hours_in_words(hours: int) -> str:
    if hours < 1:
        return "less than an hour"
    if hours % _DAY_HOURS == 0:
        return _number(hours // _DAY_HOURS, "day")
    return _number(hours, "hour")


def minutes_in_words(minutes: int) -> str:
    return hours_in_words(minutes // 60) if minutes and minutes % 60 == 0 else _number(minutes, "minute")


def _number(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
