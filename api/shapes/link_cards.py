"""Pages that statuses link to: `PreviewCard`, and those that trend: `Trends::Link`."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.core.files.storage import default_storage
from orjson import Fragment

from accounts.models import User
from accounts.policies import may_name
from accounts.queries import reachable_named
from analytics.queries import link_days
from api.answers import encode
from api.shapes.accounts import accounts
from api.shapes.values import absolute, day_shape
from attachments.models import LinkCard
from tweets.page_card import host_of
from tweets.queries import Viewer

_KEPT = 2000  # encoded cards in the memory of a process, about 1 KB each


class Linked(NamedTuple):
    """The columns of a tweet's link card; all None for a tweet that links to no page."""

    link_card__state: str | None
    link_card__url: str | None
    link_card__title: str | None
    link_card__description: str | None
    link_card__site_name: str | None
    link_card__author_name: str | None
    link_card__creator: str | None
    link_card__picture: str | None
    link_card__picture_description: str | None
    link_card__width: int | None
    link_card__height: int | None
    link_card__blurhash: str | None


def encoded_card(linked: Linked) -> bytes:
    """`null` without a page, and for a page that was not asked yet or has nothing to show."""
    return _encoded(linked) if linked.link_card__state == LinkCard.State.READY else b"null"


def writers_of(pages: Iterable[Linked]) -> dict[str, User]:
    """Whom the pages call their authors, by the name they use. One query, none where they call nobody so."""
    names = {page.link_card__creator for page in pages if page.link_card__creator}
    people = reachable_named(filter(None, names)) if names else ()  # most pages call nobody so
    return {person.username.lower(): person for person in people}


def writer_of(page: Linked, writers: Mapping[str, User]) -> User | None:
    """Whom of these the page calls its author, as long as it has something to show."""
    is_shown = page.link_card__state == LinkCard.State.READY
    return writers.get(page.link_card__creator or "") if is_shown else None


def card_by(linked: Linked, writer: User, account: bytes, viewer: Viewer) -> dict[str, Any]:
    """The card of a page that names its author. Who did not agree is not named, but told by
    `missing_attribution`.
    """
    card = preview_card(linked)
    if may_name(urlsplit(card["url"]).hostname or "", writer):
        name, url = card["author_name"] or writer.shown_name, absolute(writer.path)
        card["authors"] = [{"name": name, "url": url, "account": Fragment(account)}]
    else:
        card["missing_attribution"] = writer.pk == viewer.pk
    return card


def preview_card(linked: Linked) -> dict[str, Any]:
    """Addresses of authors and of the site are not asked for, so they are empty."""
    url, author = linked.link_card__url or "", linked.link_card__author_name or ""
    picture = linked.link_card__picture
    return {
        "url": url,
        "title": linked.link_card__title or "",
        "description": linked.link_card__description or "",
        "language": None,
        "type": "link",
        "author_name": author,
        "author_url": "",
        "provider_name": linked.link_card__site_name or host_of(url),
        "provider_url": "",
        "html": "",
        "width": linked.link_card__width or 0,
        "height": linked.link_card__height or 0,
        "image": absolute(default_storage.url(picture)) if picture else None,
        "image_description": linked.link_card__picture_description or "",
        "embed_url": "",
        "blurhash": linked.link_card__blurhash or None,
        "published_at": None,
        "missing_attribution": False,
        "authors": [{"name": author, "url": "", "account": None}] if author else [],
    }


def trending_pages(cards: Sequence[LinkCard], viewer: Viewer) -> list[dict[str, Any]]:
    """Each with its last days, in this order. One query, and three more where pages name their authors."""
    days = link_days([card.pk for card in cards])
    pages = {card.pk: _linked(card) for card in cards}
    writers = writers_of(pages.values())
    drawn = accounts(writer.pk for writer in writers.values())
    shown: dict[int, dict[str, Any]] = {}
    for an_id, page in pages.items():
        writer = writer_of(page, writers)
        shown[an_id] = card_by(page, writer, drawn[writer.pk], viewer) if writer else preview_card(page)
    return [{**shown[card.pk], "history": [day_shape(day) for day in days[card.pk]]} for card in cards]


def _linked(card: LinkCard) -> Linked:
    return Linked(*(getattr(card, name.removeprefix("link_card__")) for name in Linked._fields))


@lru_cache(maxsize=_KEPT)
def _encoded(linked: Linked) -> bytes:
    """Kept for the same values: finding addresses of files takes long."""
    return encode(preview_card(linked))
