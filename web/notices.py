"""Notifications as pages draw them: lines, each with the tweet it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import time

from accounts.models import User
from common.ids import moment_of
from notifications.models import Notification
from notifications.queries import Bundle
from tweets.ages import age_of
from tweets.cards import TweetCard, cards_for
from tweets.filtering import Context, filtered


@dataclass(frozen=True, slots=True)
class Notice:
    """One line of the page; `card` is the tweet it is about."""

    bundle: Bundle
    card: TweetCard | None
    age: str
    iso: str

    @property
    def shows_card(self) -> bool:
        """Whether the tweet itself is the news."""
        return self.bundle.kind in Notification.OF_NEW_TWEETS


@dataclass(frozen=True, slots=True)
class NoticePage:
    notices: list[Notice]
    next_url: str
    newest_id: int | None


def notice_page(viewer: User, bundles: Sequence[Bundle], next_url: str, *, is_first: bool) -> NoticePage:
    """The bundles with their tweets; without those that may no longer be read or that filters hide."""
    cards = cards_for(list({bundle.tweet_id for bundle in bundles if bundle.tweet_id}), viewer)
    found = {card.entry_id: card for card in filtered(cards, viewer, Context.NOTIFICATIONS)}
    return NoticePage(
        notices=[
            _notice(bundle, found.get(bundle.tweet_id or 0))
            for bundle in bundles
            if bundle.tweet_id is None or bundle.tweet_id in found
        ],
        next_url=next_url,
        newest_id=bundles[0].id if bundles and is_first else None,
    )


def _notice(bundle: Bundle, card: TweetCard | None) -> Notice:
    moment = moment_of(bundle.id)
    return Notice(bundle, card, age_of(moment, time()), moment.isoformat(timespec="seconds"))
