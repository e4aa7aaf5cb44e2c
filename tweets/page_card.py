"""The card of a page that a tweet links to, as readers see it."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from attachments.models import LinkCard
from tweets.queries.shown import ShownTweet

_KEPT = 2000  # in the memory of a process, about 1 KB each


@dataclass(frozen=True, slots=True)
class PageCard:
    """What the page says of itself; `host` is where it really is, whatever it says.

    `picture_url` is empty without a picture, and when the reader asked for no picture here; sizes in pixels.
    """

    url: str
    host: str
    title: str
    description: str
    picture_url: str
    webp_url: str
    width: int
    height: int
    is_large: bool


def page_card(tweet: ShownTweet, *, is_covered: bool) -> PageCard | None:
    """None for a tweet that links to no page, and for a page that has nothing to show or was not asked yet.

    `is_covered`: pictures of this tweet are not to be shown unasked; its page goes without.
    """
    if tweet.link_card__state != LinkCard.State.READY:
        return None
    picture = _NO_PICTURE if is_covered else _picture_of(tweet)
    title, description = tweet.link_card__title or "", tweet.link_card__description or ""
    return _card(tweet.link_card__url or "", title, _unlike(title, description), *picture)


def page_alone(card: LinkCard, *, is_covered: bool) -> PageCard:
    """The same for a page that stands by itself, without a tweet. The card must be ready."""
    picture = (
        _NO_PICTURE
        if is_covered
        else (card.picture, card.picture_webp, card.width, card.height, card.is_large)
    )
    return _card(card.url, card.title, _unlike(card.title, card.description), *picture)


def host_of(url: str) -> str:
    """The host of an address as people read it; in its encoded form where letters could deceive (xn--…)."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


_NO_PICTURE = ("", "", 0, 0, False)


def _unlike(title: str, description: str) -> str:
    """The description, unless it repeats the title, as that of many pages does."""
    return "" if description == title else description


def _picture_of(tweet: ShownTweet) -> tuple[str, str, int, int, bool]:
    return (
        tweet.link_card__picture or "",
        tweet.link_card__picture_webp or "",
        tweet.link_card__width or 0,
        tweet.link_card__height or 0,
        bool(tweet.link_card__is_large),
    )


@lru_cache(maxsize=_KEPT)
def _card(
    url: str,
    title: str,
    description: str,
    picture: str,
    webp: str,
    width: int,
    height: int,
    is_large: bool,
) -> PageCard:
    """Kept for the same values: finding addresses of files takes long."""
    files = LinkCard(picture=picture, picture_webp=webp)
    return PageCard(
        url=url,
        host=host_of(url),
        title=title,
        description=description,
        picture_url=files.picture_url,
        webp_url=files.picture_webp_url,
        width=width,
        height=height,
        is_large=is_large,
    )
