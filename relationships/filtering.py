"""Word filters at work: what a reader's filters say to a text. Nobody else decides what is filtered.

They are compiled once for each change and kept in the memory of each process; the revision that comes
with the reader's row says which compilation is theirs, so a page costs no query for them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from common.replicas.routing import primary
from common.words import fold, stands_alone
from relationships.models import FilterKeyword, WordFilter

Action = WordFilter.Action
_KEPT = 2000  # people whose filters a process remembers


@dataclass(frozen=True, slots=True)
class Verdict:
    """What filters say to a text: the titles of those that warn of it, and whether one of them hides it, or
    covers the pictures beside it.
    """

    is_hidden: bool = False
    titles: tuple[str, ...] = ()
    is_covered: bool = False


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
    action: str
    contexts: frozenset[str]
    expires_at: datetime | None
    phrases: tuple[Phrase, ...]
    holds_tweets: bool = False

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


def judge(rules: Sequence[Rule], texts: Iterable[str], holding: Collection[int] = frozenset()) -> Verdict:
    """What these filters say to something made of these texts; those of the ids `holding` match anyway."""
    worded = {rule.filter_id for rule, _ in matches(rules, texts)}
    found = [rule for rule in rules if rule.filter_id in worded or rule.filter_id in holding]
    titles = dict.fromkeys(rule.title for rule in found if rule.action != Action.BLUR)
    actions = {rule.action for rule in found}
    return Verdict(Action.HIDE in actions, tuple(titles), Action.BLUR in actions)


def who_hides(
    revisions: Mapping[int, int], texts: Sequence[str], context: WordFilter.Context
) -> frozenset[int]:
    """Who of these people (id -> filters_revision) does not want to read this there. One query at most."""
    now = timezone.now()
    people = [an_id for an_id, revision in revisions.items() if revision]
    hiding = Q(filter__owner__in=people, filter__action=Action.HIDE)
    keywords = FilterKeyword.objects.filter(hiding).select_related("filter").order_by("filter_id", "pk")
    filters: dict[int, list[tuple[WordFilter, str | None, bool]]] = {}
    for word in keywords if people else ():
        filters.setdefault(word.filter.owner_id, []).append((word.filter, word.phrase, word.whole_word))
    return frozenset(
        owner_id
        for owner_id, theirs in filters.items()
        if judge([rule for rule in _rules(theirs) if rule.is_in_force(context, now)], texts).is_hidden
    )


@lru_cache(maxsize=_KEPT)
def _compiled(owner_id: int, revision: int) -> tuple[Rule, ...]:
    """Also those without a word, which hold single tweets."""
    words = {"phrase": F("keywords__phrase"), "whole_word": F("keywords__whole_word")}
    filters = WordFilter.objects.filter(owner=owner_id).annotate(**words).order_by("pk", "keywords__pk")
    with primary():
        return _rules((one, one.phrase, one.whole_word) for one in filters)  # type: ignore[attr-defined]


def _rules(rows: Iterable[tuple[WordFilter, str | None, bool]]) -> tuple[Rule, ...]:
    """Of filters with their words, one by one."""
    found: dict[int, tuple[WordFilter, list[Phrase]]] = {}
    for one, phrase, is_whole in rows:
        _, phrases = found.setdefault(one.pk, (one, []))
        if phrase is not None:
            phrases.append(Phrase(phrase, fold(phrase), is_whole))
    return tuple(_rule(one, phrases) for one, phrases in found.values())


def _rule(one: WordFilter, phrases: list[Phrase]) -> Rule:
    return Rule(
        filter_id=one.pk,
        title=one.title,
        action=one.action,
        contexts=frozenset(one.contexts),
        expires_at=one.expires_at,
        phrases=tuple(phrases),
        holds_tweets=one.holds_tweets,
    )
