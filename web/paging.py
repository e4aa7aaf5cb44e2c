"""Pages of cards with their links, for people and for htmx."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User
from common.paging import Window, whole_id
from tweets.cards import TweetCard, cards_for
from tweets.filtering import Context, filtered
from tweets.queries import numbered_feed_page

_MOST_READ = 32  # pages in one stretch, when the page before it held nothing to see
Reader = Callable[[Window], list[int]]


@dataclass(frozen=True, slots=True)
class CardPage:
    """`older_url` and `newer_url` are whole pages for people; `next_url` is what endless reading loads.

    `all_filtered`: there are tweets, but the reader's word filters leave none of them.
    """

    cards: list[TweetCard]
    newer_url: str
    older_url: str
    next_url: str
    number: int = 1
    all_filtered: bool = False

    @property
    def is_first(self) -> bool:
        return not self.newer_url

    @property
    def is_last(self) -> bool:
        return not self.older_url

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read, here and further down."""
        return not (self.cards or self.all_filtered or self.older_url)


# Of every function below `context` names the place that the reader's word filters know; None: no filters.


def feed_page(request: HttpRequest, rows: QuerySet[Any, Any], context: Context | None) -> CardPage:
    """The public feed: by number (`?page=2`, forgiving), or by cursor for endless reading."""
    if wants_cursor(request):
        return cursor_page(request, rows, context)
    viewer = _viewer(request)
    page = numbered_feed_page(viewer, wanted_number(request), settings.FEED_PAGE_SIZE)
    cards = cards_for(page.ids, viewer)
    return numbered_page(request, cards, page.ids, page.number, context, has_older=page.has_older)


def numbered_page(
    request: HttpRequest,
    cards: list[TweetCard],
    ids: list[int],
    number: int,
    context: Context | None,
    *,
    has_older: bool,
) -> CardPage:
    """These cards of the entries `ids` as page `number`, from 1."""
    kept = _filtered(request, cards, context)
    return CardPage(
        cards=kept,
        all_filtered=bool(cards) and not kept,
        newer_url=_link(request, page=number - 1) if number > 1 else "",
        older_url=_link(request, page=number + 1) if has_older else "",
        next_url=_link(request, cursor=ids[-1]) if has_older else "",
        number=number,
    )


def cursor_page(request: HttpRequest, rows: QuerySet[Any, Any], context: Context | None) -> CardPage:
    """Any timeline that is a set of rows, see `window_page`."""
    return window_page(request, lambda window: window.ids(rows), context)


def window_page(
    request: HttpRequest, read: Reader, context: Context | None, keep: Mapping[str, str] | None = None
) -> CardPage:
    """Any timeline: `?cursor=ID` older than that tweet, `?newer=ID` the ones just above it.

    `keep` stands in the addresses of all its pages.
    """
    size = settings.FEED_PAGE_SIZE
    older_than, newer_than = (whole_id(request.GET.get(name, "")) for name in ("cursor", "newer"))
    if newer_than is not None:
        ids = read(Window(limit=size + 1, min_id=newer_than))
        if len(ids) > size:
            return _between(request, ids[1:], context, keep)
        older_than = None  # the top is reached: show it whole
    cards, following = filled(_viewer(request), read, older_than)
    older_url = _link(request, keep, cursor=following) if following else ""
    newer_url = _link(request, keep, newer=cards[0].entry_id) if cards else _link(request, keep)
    kept = _filtered(request, cards, context)
    return CardPage(
        cards=kept,
        all_filtered=bool(cards) and not kept,
        newer_url=newer_url if older_than is not None else "",
        older_url=older_url,
        next_url=older_url,
    )


def filled(
    viewer: User | AnonymousUser, read: Reader, older_than: int | None = None
) -> tuple[list[TweetCard], int | None]:
    """A full page of cards, and the cursor of the next one if there is more.

    Where some may no longer be seen it reads on once, twice as far as the same share of gaps would need;
    so a page behind very many of them may be short, and leads on all the same.
    """
    size = settings.FEED_PAGE_SIZE
    cards, older_than = _stretch(viewer, read, older_than, size, size)
    wanted = size - len(cards)
    if wanted and older_than is not None:
        most = size * _MOST_READ
        asked = min(2 * wanted * size // len(cards), most) if cards else most
        more, older_than = _stretch(viewer, read, older_than, asked, wanted)
        cards += more
    return cards, older_than


def _stretch(
    viewer: User | AnonymousUser, read: Reader, older_than: int | None, asked: int, wanted: int
) -> tuple[list[TweetCard], int | None]:
    """Of the next `asked` entries the first `wanted` cards, and behind which entry it goes on, if it does."""
    ids = read(Window(limit=asked + 1, max_id=older_than))
    found = cards_for(ids[:asked], viewer)
    cards = found[:wanted]
    last = cards[-1].entry_id if len(cards) == wanted else ids[:asked][-1] if ids else None
    return cards, last if ids and ids[-1] != last else None


def wants_cursor(request: HttpRequest) -> bool:
    return "cursor" in request.GET or "newer" in request.GET


def wanted_number(request: HttpRequest) -> int:
    """The page's number from the address; what is none is the first."""
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _between(
    request: HttpRequest, ids: list[int], context: Context | None, keep: Mapping[str, str] | None
) -> CardPage:
    older_url = _link(request, keep, cursor=ids[-1])
    cards = cards_for(ids, _viewer(request))
    kept = _filtered(request, cards, context)
    return CardPage(
        cards=kept,
        all_filtered=bool(cards) and not kept,
        newer_url=_link(request, keep, newer=ids[0]),
        older_url=older_url,
        next_url=older_url,
    )


def _filtered(request: HttpRequest, cards: list[TweetCard], context: Context | None) -> list[TweetCard]:
    """The cursors come from the entries, so a page stays in its place whatever is left out of it."""
    return cards if context is None else filtered(cards, _viewer(request), context)


def _viewer(request: HttpRequest) -> User | AnonymousUser:
    return request.user


def _link(request: HttpRequest, keep: Mapping[str, str] | None = None, **place: int) -> str:
    query = {**(keep or {}), **({} if place == {"page": 1} else place)}
    return f"{request.path}?{urlencode(query)}" if query else request.path
