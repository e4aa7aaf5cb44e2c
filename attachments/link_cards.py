"""How an address becomes a card: its page and its picture, both fetched by the guarded way out."""

from dataclasses import replace
from io import BytesIO

from django.conf import settings

from attachments import files
from attachments.actions import begin_picture, claim_link_card, show_nothing, show_page
from attachments.actions.link_cards import DrawnPicture
from attachments.link_addresses import host_of, is_our_own
from attachments.link_pages import PageFacts, read_page
from attachments.models import LinkCard
from attachments.variants import draw_still
from common.errors import Invalid, TooMany
from common.images import Picture, blurhash_of, inspect
from common.outside import Answer, Refused, Unreachable, fetch

_GONE = {404, 410}
_PASSING = {408, 425, 429}  # what a server says that has no time just now; and everything from 500
_WIDE = 1.3  # times as wide as high, or more: it can stand above the words


def fetch_link_card(card_id: int) -> None:
    """Ask for the page of a card, if that is due and nobody else does, and keep what it says.

    What fails is silent: the card comes without a picture, or not at all, or later.
    """
    card = claim_link_card(card_id)
    if card is None:
        return
    try:
        answer = fetch(card.url, accept=("text/html", "application/xhtml+xml"))
        if answer.status == 200 and not is_our_own(answer.url):
            _keep(card, answer)
        elif answer.status not in _PASSING and answer.status < 500:
            show_nothing(card, is_gone=answer.status in _GONE)
    except Refused:
        show_nothing(card, is_gone=False)
    except Unreachable:
        pass  # the next try is promised


def draw_picture(card: LinkCard, facts: PageFacts, picture: Picture) -> DrawnPicture | None:
    """Store the files of a claimed card's picture; None for one that is too small to be shown."""
    if min(picture.width, picture.height) < settings.LINK_PICTURE_LEAST_SIDE:
        return None
    is_large = _is_large(facts, picture)
    side = settings.PICTURE_CARD_SIDE if is_large else settings.PICTURE_THUMB_SIDE
    image, made = draw_still(picture, begin_picture(card), side)
    for file in made:
        files.store(file.name, file.content)
    names = {file.field: file.name for file in made}
    return DrawnPicture(
        name=names["card"],
        webp=names.get("card_webp", ""),
        width=image.width,
        height=image.height,
        blurhash=blurhash_of(image),
        is_large=is_large,
    )


def _keep(card: LinkCard, answer: Answer) -> None:
    facts = read_page(answer.text, answer.url)
    if host_of(answer.url) != host_of(card.url):  # whoever trusts a site need not trust all it leads to
        facts = replace(facts, creator="")
    if not facts.title:
        show_nothing(card, is_gone=False)
        return
    try:
        show_page(card, facts, _picture(card, facts))
    except (Unreachable, TooMany):  # its words need not wait for its picture
        show_page(card, facts, is_all=False)


def _picture(card: LinkCard, facts: PageFacts) -> DrawnPicture | None:
    """The picture as readers get it, from us; None when there is none, or none we would show."""
    if not facts.picture_url:
        return None
    try:
        answer = fetch(facts.picture_url, accept=("image/",), max_bytes=settings.LINK_PICTURE_MAX_BYTES)
        if answer.status in _PASSING or answer.status >= 500:
            raise Unreachable("Its picture cannot be had just now.")
        if answer.status != 200 or not answer.is_whole:
            return None
        return draw_picture(card, facts, inspect(BytesIO(answer.body)))
    except (Refused, Invalid):
        return None


def _is_large(facts: PageFacts, picture: Picture) -> bool:
    if facts.form == "summary":
        return False
    least = settings.LINK_PICTURE_LARGE_WIDTH
    if facts.form == "summary_large_image":
        least //= 2
    return picture.width >= least and picture.width >= picture.height * _WIDE
