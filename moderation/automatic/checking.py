"""Whether a rule catches what was said, and why. What costs nothing is asked first."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Protocol

from common.words import fold_once, stands_alone
from moderation.automatic.said import Said, ids_within
from moderation.models.conditions import Conditions, hours_in_words, minutes_in_words


class Facts(Protocol):
    """What a tweet alone does not tell. Numbers are exact up to `most`, and may stop there."""

    def first_linked(self, said: Said) -> Mapping[str, int]:
        """The sites it links to, and of each the first tweet that did, this one included; none while nobody
        knows.
        """

    def strangers(self, said: Said, most: int) -> int:
        """People named who do not follow the author."""

    def repeats(self, said: Said, conditions: Conditions) -> int:
        """How often the same was said within the time, this once included."""

    def pace(self, said: Said, minutes: int, most: int) -> int:
        """Tweets of the author within the time, this one included."""


def first_caught(
    conditions: Conditions, versions: Iterable[Said], facts: Facts
) -> tuple[Said, list[str]] | None:
    """The first of these versions of a tweet that is caught, and why; None where none is."""
    found = ((said, why_caught(conditions, said, facts)) for said in versions)
    return next(((said, why) for said, why in found if why), None)


def why_caught(conditions: Conditions, said: Said, facts: Facts) -> list[str]:
    """A sentence for each condition, all of which hold; none at all where one does not."""
    if conditions.are_empty:
        return []
    plain = why_by_itself(conditions, said)
    if plain is None:
        return []
    beside = _why_beside_others(conditions, said, facts)
    if beside is None:
        return []
    return [*plain, *beside, *(["It said so before it was edited."] if said.former_at else [])]


def why_by_itself(conditions: Conditions, said: Said) -> list[str] | None:
    """The conditions that the tweet alone answers; None where one does not hold. No query."""
    why = []
    if conditions.younger_than_hours is not None:
        if said.age_hours >= conditions.younger_than_hours:
            return None
        why.append(f"The account was {hours_in_words(int(said.age_hours))} old.")
    if conditions.links is not None:
        number = len(said.links)
        if number < conditions.links:
            return None
        why.append(f"It has {number} link{'' if number == 1 else 's'}.")
    if conditions.keywords:
        found = _found(conditions, said)
        if not found:
            return None
        why.append(f"It says “{'”, “'.join(found)}”.")
    return why


def _found(conditions: Conditions, said: Said) -> list[str]:
    """As word filters find words: whole, whatever the case and the accents."""
    text = "\0".join(said.texts)
    folded = _folded(conditions.keywords)
    return [typed for typed, phrase in folded if phrase in text and stands_alone(phrase, text)]


@lru_cache(maxsize=100)
def _folded(keywords: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(typed, fold_once(typed)) for typed in keywords]


def _why_beside_others(conditions: Conditions, said: Said, facts: Facts) -> list[str] | None:
    why = []
    if conditions.pace is not None:
        minutes = conditions.pace_minutes or 0
        if facts.pace(said, minutes, conditions.pace + 1) <= conditions.pace:
            return None
        why.append(f"More than {conditions.pace} tweets within {minutes_in_words(minutes)}.")
    if conditions.repeats is not None:
        if said.digest is None or facts.repeats(said, conditions) < conditions.repeats:
            return None
        within = minutes_in_words(conditions.repeats_minutes or 0)
        why.append(f"The same words {conditions.repeats} times within {within}.")
    if conditions.new_site_hours is not None:
        site = _new_site(said, facts, conditions.new_site_hours)
        if site is None:
            return None
        hours = hours_in_words(conditions.new_site_hours)
        why.append(f"It links to {site}, first linked to here less than {hours} before.")
    if conditions.strangers is not None:
        number = facts.strangers(said, conditions.strangers)
        if number < conditions.strangers:
            return None
        why.append(f"It names at least {number} people who do not follow the author.")
    return why


def _new_site(said: Said, facts: Facts, hours: int) -> str | None:
    if not said.links:
        return None
    since = ids_within(said.tweet_id, 60 * hours)
    return next((site for site, first in facts.first_linked(said).items() if first >= since), None)
