"""The poll of one tweet of the composer: choices, how long, and how one votes."""

from dataclasses import dataclass, field
from typing import Self

from django.conf import settings
from django.http import QueryDict

from tweets.draft import PollDraft

_USUAL = "86400"
_DURATIONS = {
    "300": "5 minutes",
    "1800": "30 minutes",
    "3600": "1 hour",
    "21600": "6 hours",
    _USUAL: "1 day",
    "259200": "3 days",
    "604800": "7 days",
}


@dataclass(slots=True)
class PollFields:
    """What is typed; `is_open` shows the fields also while they are empty. An edited one may keep its end."""

    choices: list[str] = field(default_factory=list)
    seconds: str = _USUAL
    is_multiple: bool = False
    hides_totals: bool = False
    is_open: bool = False
    may_keep_end: bool = False

    @classmethod
    def sent(cls, post: QueryDict, suffix: str) -> Self:
        """An unknown duration stays as it is: the action refuses it."""
        return cls(
            choices=post.getlist(f"choice{suffix}"),
            seconds=post.get(f"poll_seconds{suffix}", _USUAL),
            is_multiple=f"poll_multiple{suffix}" in post,
            hides_totals=f"poll_hides{suffix}" in post,
            may_keep_end="version" in post,
        )

    @classmethod
    def holding(cls, poll: PollDraft | None) -> Self:
        """`seconds` of None is a poll that is edited and may keep its end."""
        if poll is None:
            return cls()
        return cls(
            choices=list(poll.choices),
            seconds="" if poll.seconds is None else str(poll.seconds),
            is_multiple=poll.is_multiple,
            hides_totals=poll.hides_totals,
            may_keep_end=poll.seconds is None,
        )

    def to_draft(self) -> PollDraft | None:
        """None while no choice has a word; choices left empty between others are left out."""
        said = tuple(choice for choice in self.choices if choice.strip())
        if not said:
            return None
        is_number = self.seconds.isascii() and self.seconds.isdigit() and len(self.seconds) < 10
        return PollDraft(
            choices=said,
            # Nonsense is no duration, and refused as such; only an edited poll may have none.
            seconds=int(self.seconds) if is_number else (None if self.seconds == "" else 0),
            is_multiple=self.is_multiple,
            hides_totals=self.hides_totals,
        )

    @property
    def is_asked(self) -> bool:
        """Whether the fields are to be seen."""
        return self.is_open or any(choice.strip() for choice in self.choices)

    @property
    def inputs(self) -> list[str]:
        """As many as a poll may have choices, and those too many that came back."""
        return [*self.choices, *[""] * (settings.POLL_MAX_CHOICES - len(self.choices))]

    @property
    def durations(self) -> list[tuple[str, str, bool]]:
        """Value, words, and whether it is chosen."""
        usual = {"": "Leave the end as it is", **_DURATIONS} if self.may_keep_end else _DURATIONS
        return [(value, words, value == self.seconds) for value, words in usual.items()]

    @property
    def longest(self) -> int:
        return settings.POLL_CHOICE_MAX_LENGTH
