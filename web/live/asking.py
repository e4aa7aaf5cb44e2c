"""The answer to a page that asks by itself: what came since, and how the tweets on its screen are now."""

from collections.abc import Collection, Sequence

from django.conf import settings

from accounts.models import User
from web.context import unread_badges
from web.live.news import (
    LATE,
    News,
    cards_since,
    counts_line,
    counts_news,
    counts_now,
    entry_of,
    replies_since,
    seen_of,
)
from web.live.places import Place, Viewer


def answer(viewer: Viewer, place: Place, since: int, tweet_ids: Sequence[int]) -> News:
    """`since` is the newest id that the page knows of its place. A little more is told than that, because
    tweets may arrive late: pages know what they have.
    """
    news: News = {}
    if place.read is not None:
        cards = cards_since(viewer, place, since - LATE)
        news["new"] = [entry_of(card).plain() for card in cards[: settings.LIVE_MOST_NEW]]
    if place.focus is not None:
        news["replies"] = replies_since(viewer, place, since - LATE)
    news |= on_screen(viewer, place, tweet_ids)
    if isinstance(viewer, User):
        news |= unread_news(viewer.pk)
    return news


def unread_news(user_id: int) -> News:
    badges = unread_badges(user_id)
    return {"unread": [badges["unread"], badges["unread_messages"], badges["unread_all"]]}


def on_screen(viewer: Viewer, place: Place, tweet_ids: Collection[int]) -> News:
    """Which of these tweets are gone, and how the others stand."""
    if not tweet_ids:
        return {}
    seen = seen_of(viewer, tweet_ids)
    news: News = {"gone": [str(an_id) for an_id in tweet_ids if an_id not in seen]}
    if not (isinstance(viewer, User) and viewer.hides_counts):
        counts = counts_now(seen)
        news["counts"] = {str(an_id): counts_news(counts[an_id]) for an_id in sorted(counts)}
        if place.focus is not None and place.focus.pk in counts:
            news["line"] = counts_line(place.focus.path, counts[place.focus.pk])
    return news
