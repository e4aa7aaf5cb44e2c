"""Word filters: `Filter`, and what the reader's say to a status."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from api.shapes.values import stamp
from relationships.filtering import Rule, matches, rules_for
from relationships.models import FilterKeyword, WordFilter
from tweets.models import FilteredTweet
from tweets.queries import Viewer, filtered_tweets_in, filters_holding

# In the order of the documentation.
_CONTEXTS = tuple(WordFilter.Context.values)


class Filters:
    """The reader's filters, wherever they apply: clients know which place they show."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer

    @cached_property
    def _rules(self) -> tuple[Rule, ...]:
        return () if self._viewer.pk is None else rules_for(self._viewer, None)

    def of(self, tweet_id: int, texts: Iterable[str]) -> list[dict[str, Any]]:
        """`FilterResult` of each filter that holds the tweet or matches one of its texts."""
        if self._viewer.pk is None or not self._rules:
            return []
        worded = {rule.filter_id: list(phrases) for rule, phrases in matches(self._rules, texts)}
        holding = filters_holding(self._viewer, self._rules).get(tweet_id, frozenset())
        return [
            {
                "filter": _rule(rule),
                "keyword_matches": worded.get(rule.filter_id),
                "status_matches": [str(tweet_id)] if rule.filter_id in holding else None,
            }
            for rule in self._rules
            if rule.filter_id in worded or rule.filter_id in holding
        ]


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": str(rule.filter_id),
        "title": rule.title,
        "context": _in_order(rule.contexts),
        "expires_at": stamp(rule.expires_at) if rule.expires_at else None,
        "filter_action": rule.action,
    }


def word_filters(rows: Sequence[WordFilter]) -> list[dict[str, Any]]:
    """`Filter` of each, with its words and single tweets. One query."""
    tweets = filtered_tweets_in([row.pk for row in rows])
    return [_word_filter(row, tweets[row.pk]) for row in rows]


def _word_filter(row: WordFilter, tweets: Sequence[FilteredTweet]) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "title": row.title,
        "context": _in_order(row.contexts),
        "expires_at": stamp(row.expires_at) if row.expires_at else None,
        "filter_action": row.action,
        "keywords": [keyword(word) for word in row.keywords.all()],
        "statuses": [filtered_tweet(one) for one in tweets],
    }


def filtered_tweet(row: FilteredTweet) -> dict[str, Any]:
    """`FilterStatus`."""
    return {"id": str(row.pk), "status_id": str(row.tweet_id)}


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
