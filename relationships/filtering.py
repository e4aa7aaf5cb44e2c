"""Word filters at work: what a reader's filters say to a text. Nobody else decides what is filtered.

They are compiled once for each change and kept in the memory of each process; the revision that comes
with the reader's row says which compilation is theirs, so a page costs no query for them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from common.replicas.routing import primary
from common.words import fold, stands_alone
from relationships.models import FilterKeyword, WordFilter

_KEPT = 2000  # people whose filters a process remembers


@dataclass(frozen=True, slots=True)
class Verdict:
    """What filters say to a text: the titles of those that match, and whether one of them hides it."""

    is_hidden: bool = False
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A keyword as it was typed, how it is looked for, and whether it has to stand alone."""

    typed: str
    folded: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """One filter."""

    filter_id: int
    title: str
    hides: bool
    contexts: frozenset[str]
    expires_at: datetime | None
    phrases: tuple[Phrase, ...]

    def is_in_force(self, context: str | None, moment: datetime) -> bool:
        """At that moment, in that place, or in any (None)."""
        is_there = context is None or context in self.contexts
        return is_there and (self.expires_at is None or self.expires_at > moment)


def rules_for(reader: User, context: WordFilter.Context | None) -> tuple[Rule, ...]:
    """The reader's filters in force there just now; None: anywhere. No query without filters, or once they
    are known.
    """
    if not reader.filters_revision:
        return ()
    now = timezone.now()
    rules = _compiled(reader.pk, reader.filters_revision)
    return tuple(rule for rule in rules if rule.is_in_force(context, now))


def matches(rules: Sequence[Rule], texts: Iterable[str]) -> list[tuple[Rule, tuple[str, ...]]]:
    """The filters that match something made of these texts, each with its keywords that were found."""
    text = "\0".join(map(fold, texts))  # no phrase reaches from one text into the next
    # The plain search is quick, and nearly always the answer.
    found = [
        (rule, phrase.typed)
        for rule in rules
        for phrase in rule.phrases
        if phrase.folded in text and (not phrase.is_whole or stands_alone(phrase.folded, text))
    ]
    matching = {rule.filter_id: rule for rule, _ in found}
    return [(rule, tuple(typed for one, typed in found if one is rule)) for rule in matching.values()]


def judge(rules: Sequence[Rule], texts: Iterable[str]) -> Verdict:
    """What these filters say to something made of these texts."""
    found = [rule for rule, _ in matches(rules, texts)]
    titles = dict.fromkeys(rule.title for rule in found)
    return Verdict(any(rule.hides for rule in found), tuple(titles))


def who_hides(
    revisions: Mapping[int, int], texts: Sequence[str], context: WordFilter.Context
) -> frozenset[int]:
    """Who of these people (id -> filters_revision) does not want to read this there. One query at most."""
    now = timezone.now()
    people = [an_id for an_id, revision in revisions.items() if revision]
    keywords = _keywords().filter(filter__owner__in=people, filter__action=WordFilter.Action.HIDE)
    filters: dict[int, list[FilterKeyword]] = {}
    for keyword in keywords if people else ():
        filters.setdefault(keyword.filter.owner_id, []).append(keyword)
    return frozenset(
        owner_id
        for owner_id, theirs in filters.items()
        if judge([rule for rule in _rules(theirs) if rule.is_in_force(context, now)], texts).is_hidden
    )


@lru_cache(maxsize=_KEPT)
def _compiled(owner_id: int, revision: int) -> tuple[Rule, ...]:
    with primary():
        return _rules(_keywords().filter(filter__owner=owner_id))


def _keywords() -> QuerySet[FilterKeyword]:
    return FilterKeyword.objects.select_related("filter").order_by("filter_id", "pk")


def _rules(keywords: Iterable[FilterKeyword]) -> tuple[Rule, ...]:
    by_filter: dict[int, tuple[WordFilter, list[FilterKeyword]]] = {}
    for keyword in keywords:
        by_filter.setdefault(keyword.filter_id, (keyword.filter, []))[1].append(keyword)
    return tuple(_rule(one, its_keywords) for one, its_keywords in by_filter.values())


def _rule(one: WordFilter, keywords: list[FilterKeyword]) -> Rule:
    return Rule(
        filter_id=one.pk,
        title=one.title,
        hides=one.action == WordFilter.Action.HIDE,
        contexts=frozenset(one.contexts),
        expires_at=one.expires_at,
        phrases=tuple(
            Phrase(keyword.phrase, fold(keyword.phrase), keyword.whole_word) for keyword in keywords
        ),
    )
