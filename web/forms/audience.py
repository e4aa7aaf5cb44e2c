"""Who may read, answer and quote a new tweet: the choices of the composer, in words."""

from dataclasses import dataclass
from typing import Self

from django.http import QueryDict

from accounts.models import User
from tweets.draft import TweetDraft
from tweets.models import Tweet

VISIBILITIES = {
    Tweet.Visibility.PUBLIC: "Everyone",
    Tweet.Visibility.QUIET: "Everyone, but not on public timelines",
    Tweet.Visibility.FOLLOWERS: "Followers",
    Tweet.Visibility.DIRECT: "Only the people it names",
}
REPLIERS = {
    Tweet.Repliers.EVERYONE: "Everyone",
    Tweet.Repliers.FOLLOWERS: "Followers",
    Tweet.Repliers.FOLLOWED: "People I follow",
    Tweet.Repliers.MENTIONED: "Only the people it names",
}
QUOTERS = {
    Tweet.Quoters.EVERYONE: "Everyone",
    Tweet.Quoters.FOLLOWERS: "Followers",
    Tweet.Quoters.NOBODY: "Nobody",
}
_CHIPS = {
    Tweet.Visibility.QUIET: "Not on public timelines",
    Tweet.Visibility.FOLLOWERS: "Followers can read",
    Tweet.Visibility.DIRECT: "Only people it names can read",
}
_REPLY_CHIPS = {
    Tweet.Repliers.FOLLOWERS: "Followers can reply",
    Tweet.Repliers.FOLLOWED: "People I follow can reply",
    Tweet.Repliers.MENTIONED: "Only people it names can reply",
}
_QUOTE_CHIPS = {
    Tweet.Quoters.FOLLOWERS: "Followers can quote",
    Tweet.Quoters.NOBODY: "Nobody can quote",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a select; `chip` is what the composer says while it is chosen, "" for the usual."""

    value: str
    label: str
    chip: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Select:
    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(slots=True)
class Audience:
    """What is chosen. An answer is never wider than `widest`, the audience of what it answers."""

    visibility: str = Tweet.Visibility.PUBLIC
    repliers: str = Tweet.Repliers.EVERYONE
    quoters: str = Tweet.Quoters.EVERYONE
    widest: str = Tweet.Visibility.PUBLIC

    @classmethod
    def sent(cls, post: QueryDict) -> Self:
        """Unknown words stay as they are: the action refuses them."""
        usual = cls()
        return cls(
            visibility=post.get("visibility", usual.visibility),
            repliers=post.get("repliers", usual.repliers),
            quoters=post.get("quoters", usual.quoters),
        )

    @classmethod
    def usual_of(cls, author: User) -> Self:
        return cls(author.posts_to, author.posts_repliers, author.posts_quoters)

    @classmethod
    def holding(cls, draft: TweetDraft) -> Self:
        return cls(visibility=draft.visibility, repliers=draft.repliers, quoters=draft.quoters)

    def narrow_to(self, widest: str) -> None:
        order = [str(value) for value in VISIBILITIES]
        self.widest = widest
        if self.visibility in order and order.index(self.visibility) < order.index(widest):
            self.visibility = widest

    @property
    def selects(self) -> tuple[Select, ...]:
        order = [str(value) for value in VISIBILITIES]
        allowed = dict(list(VISIBILITIES.items())[order.index(self.widest) :])
        return (
            Select("visibility", "Who can read it", _choices(allowed, _CHIPS, self.visibility)),
            Select("repliers", "Who can reply", _choices(REPLIERS, _REPLY_CHIPS, self.repliers)),
            Select("quoters", "Who can quote it", _choices(QUOTERS, _QUOTE_CHIPS, self.quoters)),
        )

    @property
    def chips(self) -> list[str]:
        """What differs from the usual, in words."""
        chosen = (choice for select in self.selects for choice in select.choices if choice.is_chosen)
        return [choice.chip for choice in chosen if choice.chip]


def _choices(labels: dict, chips: dict, chosen: str) -> tuple[Choice, ...]:  # type: ignore[type-arg]
    return tuple(
        Choice(str(value), label, chips.get(value, ""), value == chosen) for value, label in labels.items()
    )
