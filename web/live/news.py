"""What there is to tell one viewer: of the place they look at, and of the tweets on their screen."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from accounts.models import User
from common.paging import Window
from tweets.cards import TweetCard, cards_for
from tweets.filtering import Context, filtered, folded
from tweets.models import Tweet
from web.live.places import Place, Viewer
from web.templatetags.cards import draw, short_count

News = dict[str, Any]  # one message to a page; docs/architecture.md tells what each word of it means

# A tweet may arrive after a newer one: it was said earlier, and delivered later.
LATE = 120_000 << 16  # of an id; two minutes
_SECOND = 2  # a card that is not the first of its page


@dataclass(frozen=True, slots=True)
class Entry:
    """A tweet that stands somewhere new, and the face that stands for it."""

    id: int
    person_id: int
    face: str

    def plain(self) -> News:
        return {"id": str(self.id), "by": str(self.person_id), "face": self.face}


def entry_of(card: TweetCard) -> Entry:
    person = card.retweeted_by or card.author
    return Entry(card.entry_id, person.id, person.avatar_url)


def cards_since(
    viewer: Viewer, place: Place, since: int, only: Collection[int] | None = None
) -> list[TweetCard]:
    """What stands in the place above that id, newest first, as its page shows it; at most one more than
    LIVE_MOST_NEW. With `only`, of these ids alone.
    """
    if place.read is None:
        return []
    limit = settings.LIVE_MOST_NEW + 1
    found = [an_id for an_id in place.read(Window(limit=limit, since_id=since)) if an_id > since]
    ids = found if only is None else [an_id for an_id in found if an_id in only]
    return filtered(cards_for(ids, viewer), viewer, place.context)


def replies_since(viewer: Viewer, place: Place, since: int) -> list[News]:
    """Answers in the conversation that are newer than that id, the oldest first."""
    if place.focus is None:
        return []
    rows = Tweet.objects.visible_to(viewer).filter(conversation_id=place.focus.conversation_id, is_reply=True)
    newest = Window(limit=settings.LIVE_MOST_NEW, since_id=since).ids(rows)
    return drawn_replies(viewer, newest[::-1])


def drawn_replies(viewer: Viewer, ids: Sequence[int]) -> list[News]:
    """Each with its parent, finished for its place in a thread; without what may not be seen."""
    cards = filtered(cards_for(ids, viewer), viewer, Context.THREAD)
    return [
        {"id": str(card.id), "parent": str(card.parent_id or ""), "html": draw(card, _SECOND, in_thread=True)}
        for card in cards
        if card.is_reply
    ]


def drawn_card(viewer: Viewer, place: Place, tweet_id: int) -> News | None:
    """The card as it looks now; large where it is what the page is about. None if it is not to be seen."""
    is_focus = place.focus is not None and place.focus.pk == tweet_id
    cards = cards_for([tweet_id], viewer)
    if is_focus:
        cards = [folded(card, viewer, Context.THREAD) for card in cards]
        drawn = [_large(card, viewer) for card in cards]
    else:
        cards = filtered(cards, viewer, place.context)
        drawn = [draw(card, _SECOND, in_thread=place.focus is not None) for card in cards]
    return next(({"id": str(card.id), "html": html} for card, html in zip(cards, drawn, strict=True)), None)


def _large(card: TweetCard, viewer: Viewer) -> str:
    return render_to_string("web/_card_full.html", {"card": card, "user": viewer, "in_thread": card.is_reply})


def counts_now(tweet_ids: Iterable[int]) -> dict[int, tuple[int, int, int, int]]:
    """Replies, retweets, likes and quotes of these tweets. One query."""
    rows = Tweet.objects.filter(pk__in=list(tweet_ids))
    columns = ("pk", "replies_count", "retweets_count", "likes_count", "quotes_count")
    return {row[0]: row[1:] for row in rows.values_list(*columns)}


def counts_news(counts: tuple[int, int, int, int]) -> list[str]:
    """As buttons show them: replies, retweets, likes."""
    return [short_count(number) for number in counts[:3]]


def counts_line(path: str, counts: tuple[int, int, int, int]) -> str:
    """The line beneath a tweet on its own page."""
    replies, retweets, likes, quotes = counts
    card = {"path": path, "retweets": retweets, "likes": likes, "quotes": quotes, "replies": replies}
    return render_to_string("web/_counts.html", {"card": card, "user": User()})


def seen_of(viewer: Viewer, tweet_ids: Collection[int]) -> set[int]:
    """Which of these tweets the viewer may see. One query."""
    if not tweet_ids:
        return set()
    rows = Tweet.objects.visible_to(viewer).filter(pk__in=list(tweet_ids))
    return set(rows.values_list("pk", flat=True))
