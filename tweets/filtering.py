"""What a reader's word filters leave of a page of cards. Every door asks here, for every list."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from relationships.filtering import Rule, Verdict, judge, rules_for
from relationships.models import WordFilter
from tweets.cards import TweetCard
from tweets.queries.filtered import filters_holding
from tweets.queries.shown import Viewer

Context = WordFilter.Context


def filtered(cards: Sequence[TweetCard], viewer: Viewer, context: Context) -> list[TweetCard]:
    """Without the cards to be hidden there; those to be warned of carry the filters' titles, and the pictures
    of others are covered.

    What one said or spread oneself is never filtered. No query for those without filters, one at most
    for the others.
    """
    rules = _rules(viewer, context)
    if not rules:
        return list(cards)
    judged = ((card, _judge(card, viewer, rules)) for card in cards)
    return [_marked(card, verdict) for card, verdict in judged if not verdict.is_hidden]


def folded(card: TweetCard, viewer: Viewer, context: Context) -> TweetCard:
    """The card of a tweet that was asked for by its address: what is hidden elsewhere is folded here."""
    return _marked(card, _judge(card, viewer, _rules(viewer, context)))


def words_of(card: TweetCard) -> Iterator[str]:
    """All texts on a card that somebody may not want to read."""
    yield card.warning
    yield card.text
    if card.poll is not None:
        yield from (choice.text for choice in card.poll.choices)
    if card.page is not None:
        yield card.page.title
        yield card.page.description
    for image in card.images:
        yield image.description
    if card.quote is not None and not card.quote.is_mine:
        yield from words_of(card.quote)


def _rules(viewer: Viewer, context: Context) -> tuple[Rule, ...]:
    return () if viewer.pk is None else rules_for(viewer, context)


def _judge(card: TweetCard, viewer: Viewer, rules: Sequence[Rule]) -> Verdict:
    if viewer.pk is None or not rules or _is_own(card, viewer):
        return Verdict()
    return judge(rules, words_of(card), filters_holding(viewer, rules).get(card.id, frozenset()))


def _marked(card: TweetCard, verdict: Verdict) -> TweetCard:
    if verdict.is_covered and card.images:
        card = replace(card, is_covered=True)
    return replace(card, filtered_by=verdict.titles) if verdict.titles else card


def _is_own(card: TweetCard, viewer: Viewer) -> bool:
    spread_by = card.retweeted_by
    return card.is_mine or (spread_by is not None and spread_by.id == viewer.pk)
