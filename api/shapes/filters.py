"""Word filters: `Filter`, and what the reader's say to a status."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from api.shapes.values import stamp
from relationships.filtering import Rule, matches, rules_for
from relationships.models import FilterKeyword, WordFilter
from tweets.queries import Viewer

# In the order of the documentation.
_CONTEXTS = tuple(WordFilter.Context.values)


class Filters:
    """The reader's filters, wherever they apply: clients know which place they show."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer

    @cached_property
    def _rules(self) -> tuple[Rule, ...]:
        return () if self._viewer.pk is None else rules_for(self._viewer, None)

    def of(self, texts: Iterable[str]) -> list[dict[str, Any]]:
        """`FilterResult` of each filter that matches one of the texts."""
        if not self._rules:
            return []
        return [
            {"filter": _rule(rule), "keyword_matches": list(phrases), "status_matches": None}
            for rule, phrases in matches(self._rules, texts)
        ]


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": str(rule.filter_id),
        "title": rule.title,
        "context": _in_order(rule.contexts),
        "expires_at": stamp(rule.expires_at) if rule.expires_at else None,
        "filter_action": "hide" if rule.hides else "warn",
    }


def word_filter(row: WordFilter) -> dict[str, Any]:
    """`Filter` with its words. Single tweets cannot be filtered here."""
    return {
        "id": str(row.pk),
        "title": row.title,
        "context": _in_order(row.contexts),
        "expires_at": stamp(row.expires_at) if row.expires_at else None,
        "filter_action": row.action,
        "keywords": [keyword(word) for word in row.keywords.all()],
        "statuses": [],
    }


def keyword(row: FilterKeyword) -> dict[str, Any]:
    """`FilterKeyword`."""
    return {"id": str(row.pk), "keyword": row.phrase, "whole_word": row.whole_word}


def phrase(row: FilterKeyword) -> dict[str, Any]:
    """`V1::Filter`: one for each word. Its id is that of the word."""
    end = row.filter.expires_at
    return {
        "id": str(row.pk),
        "phrase": row.phrase,
        "context": _in_order(row.filter.contexts),
        "whole_word": row.whole_word,
        "expires_at": stamp(end) if end else None,
        "irreversible": row.filter.action == WordFilter.Action.HIDE,
    }


def _in_order(contexts: Iterable[str]) -> list[str]:
    there = set(contexts)
    return [context for context in _CONTEXTS if context in there]
