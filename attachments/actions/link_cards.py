"""What can be done with link cards: noting a link, asking for its page once, keeping what it said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from attachments import files
from attachments.link_addresses import is_our_own, normalised
from attachments.link_pages import PageFacts
from attachments.models import LinkCard
from events.bus import publish
from events.catalogue import ImagesDiscarded, LinkNoted

_WANTED_STEP = timedelta(hours=1)  # so that a link which everybody tweets is no row which everybody writes


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """Stored files of a card's picture; sizes in pixels. `webp` is empty where it would not be smaller."""

    name: str
    webp: str
    width: int
    height: int
    blurhash: str
    is_large: bool


@transaction.atomic
def note_link(address: str) -> LinkCard | None:
    """The card of the page at this address; its page is asked for when it never was, or long ago.

    None for what is no address of a page, and for our own pages.
    """
    url = normalised(address)
    if url is None or is_our_own(url):
        return None
    card, is_new = LinkCard.objects.get_or_create(url=url)
    if not is_new and not _is_wanted(card):  # swept away in this very moment
        card, is_new = LinkCard.objects.get_or_create(url=url)
    if is_new or _is_due_again(card):
        publish(LinkNoted(card.id))
    return card


@transaction.atomic
def claim_link_card(card_id: int) -> LinkCard | None:
    """Take the card to ask for its page, or None when it is not due: whoever claims, only one of them asks.

    The next try is promised here, so that it comes whatever becomes of this one; success calls it off.
    """
    now = timezone.now()
    card = LinkCard.objects.filter(pk=card_id, fetch_at__lte=now).first()
    if card is None:
        return None
    pauses = settings.LINK_PAUSES_SECONDS
    pause = pauses[card.tries] if card.tries < len(pauses) else None
    changes = {
        "tries": card.tries + 1,
        "fetch_at": None if pause is None else now + timedelta(seconds=pause),
        "asked_at": now,
        "stem": "",
    }
    if not LinkCard.objects.filter(pk=card_id, fetch_at=card.fetch_at, tries=card.tries).update(**changes):
        return None
    _discard_files(files.names_being_made(card.stem))  # by a try that never ended
    if pause is not None:
        publish(LinkNoted(card_id, wait_seconds=pause))
    for name, value in changes.items():
        setattr(card, name, value)
    return card


def begin_picture(card: LinkCard) -> str:
    """What the names of the files of a claimed card start with; written down before they exist."""
    card.stem = files.new_stem()
    LinkCard.objects.filter(pk=card.pk, tries=card.tries).update(stem=card.stem)
    return card.stem


@transaction.atomic
def show_page(
    card: LinkCard, facts: PageFacts, picture: DrawnPicture | None = None, *, is_all: bool = True
) -> None:
    """Write what the page said into a claimed card. Without a title there is nothing to show.

    `is_all` is false when its picture could not be had just now: the former one stays until the next try.
    """
    changes: dict[str, object] = {
        "state": LinkCard.State.READY if facts.title else LinkCard.State.EMPTY,
        "title": facts.title,
        "description": facts.description,
        "site_name": facts.site_name,
        "author_name": facts.author_name,
        "creator": facts.creator,
        "picture_description": facts.picture_description,
    }
    if is_all:
        changes |= {"tries": 0, "fetch_at": None, "stem": "", **_picture_columns(picture)}
    former = {card.picture, card.picture_webp} if is_all else set()
    drawn = {picture.name, picture.webp} if picture else set()
    is_mine = LinkCard.objects.filter(pk=card.pk, tries=card.tries).update(**changes) > 0
    _discard_files((former if is_mine else drawn) - (drawn if is_mine else set()))


@transaction.atomic
def show_nothing(card: LinkCard, *, is_gone: bool) -> None:
    """The page does not want to be shown, or is gone: then what it said earlier goes as well."""
    if is_gone or card.state != LinkCard.State.READY:
        show_page(card, PageFacts())
    else:
        LinkCard.objects.filter(pk=card.pk, tries=card.tries).update(tries=0, fetch_at=None)


@transaction.atomic
def discard_link_cards(card_ids: Iterable[int]) -> int:
    """Remove cards that nobody wanted lately, with their pictures; how many it were."""
    unwanted = LinkCard.objects.long_unwanted().filter(pk__in=list(card_ids))
    cards = list(unwanted.select_for_update().order_by("id"))
    LinkCard.objects.filter(pk__in=[card.pk for card in cards]).delete()
    _discard_files(name for card in cards for name in files.names_of_card(card))
    return len(cards)


def _is_wanted(card: LinkCard) -> bool:
    """Note that somebody wants the card. False when it is gone."""
    now = timezone.now()
    if card.wanted_at > now - _WANTED_STEP:
        return True
    return LinkCard.objects.filter(pk=card.pk).update(wanted_at=now) > 0


def _is_due_again(card: LinkCard) -> bool:
    """Whether the card just became due, by this very call."""
    now = timezone.now()
    if card.fetch_at is not None or not _is_old(card, now):
        return False
    row = LinkCard.objects.filter(pk=card.pk, fetch_at=None, asked_at=card.asked_at)
    return row.update(fetch_at=now, tries=0) > 0


def _is_old(card: LinkCard, now: datetime) -> bool:
    is_ready = card.state == LinkCard.State.READY
    fresh = (
        timedelta(days=settings.LINK_FRESH_DAYS) if is_ready else timedelta(hours=settings.LINK_EMPTY_HOURS)
    )
    return card.asked_at is None or card.asked_at < now - fresh


def _picture_columns(picture: DrawnPicture | None) -> dict[str, object]:
    picture = picture or DrawnPicture("", "", 0, 0, "", is_large=False)
    return {
        "picture": picture.name,
        "picture_webp": picture.webp,
        "width": picture.width,
        "height": picture.height,
        "blurhash": picture.blurhash,
        "is_large": picture.is_large,
    }


def _discard_files(names: Iterable[str]) -> None:
    found = sorted(filter(None, names))
    if found:
        publish(ImagesDiscarded(names=found))
