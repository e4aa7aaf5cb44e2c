"""Pages of cards with their links, for people and for htmx."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User
from common.paging import Window, whole_id
from tweets.cards import TweetCard, cards_for, cards_of
from tweets.queries import numbered_feed_page


@dataclass(frozen=True, slots=True)
class CardPage:
    """`older_url` and `newer_url` are whole pages for people; `next_url` is what endless reading loads."""

    cards: list[TweetCard]
    newer_url: str
    older_url: str
    next_url: str
    number: int = 1

    @property
    def is_first(self) -> bool:
        return not self.newer_url

    @property
    def is_last(self) -> bool:
        return not self.older_url


def feed_page(request: HttpRequest, rows: QuerySet[Any, Any]) -> CardPage:
    """The public feed: by number (`?page=2`, forgiving), or by cursor for endless reading."""
    if "cursor" in request.GET or "newer" in request.GET:
        return cursor_page(request, rows)
    viewer = _viewer(request)
    page = numbered_feed_page(viewer, _number(request), settings.FEED_PAGE_SIZE)
    return CardPage(
        cards=cards_of(page.tweets, viewer),
        newer_url=_link(request, page=page.number - 1) if page.number > 1 else "",
        older_url=_link(request, page=page.number + 1) if page.has_older else "",
        next_url=_link(request, cursor=page.ids[-1]) if page.has_older else "",
        number=page.number,
    )


def cursor_page(request: HttpRequest, rows: QuerySet[Any, Any]) -> CardPage:
    """Any timeline: `?cursor=ID` older than that tweet, `?newer=ID` the ones just above it."""
    size = settings.FEED_PAGE_SIZE
    older_than, newer_than = (whole_id(request.GET.get(name, "")) for name in ("cursor", "newer"))
    if newer_than is not None:
        ids = Window(limit=size + 1, min_id=newer_than).ids(rows)
        if len(ids) > size:
            return _between(request, ids[1:], has_older=True)
        older_than = None  # the top is reached: show it whole
    ids = Window(limit=size + 1, max_id=older_than).ids(rows)
    page = _between(request, ids[:size], has_older=len(ids) > size)
    return page if older_than is not None else CardPage(page.cards, "", page.older_url, page.next_url)


def _between(request: HttpRequest, ids: list[int], *, has_older: bool) -> CardPage:
    older_url = _link(request, cursor=ids[-1]) if has_older else ""
    return CardPage(
        cards=cards_for(ids, _viewer(request)),
        newer_url=_link(request, newer=ids[0]) if ids else request.path,
        older_url=older_url,
        next_url=older_url,
    )


def _viewer(request: HttpRequest) -> User | AnonymousUser:
    return request.user


def _number(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _link(request: HttpRequest, **query: int) -> str:
    return request.path if query == {"page": 1} else f"{request.path}?{urlencode(query)}"
