"""From the page to the card, with another server that may be honest, slow, broken or hostile."""

import gzip
import time

import pytest
from django.utils import timezone

from attachments.actions import note_link
from attachments.link_cards import fetch_link_card
from attachments.models import LinkCard
from tests.attachments.linked_pages import page, picture_tag
from tests.common import picture_files as files
from tests.common.elsewhere import serving

pytestmark = pytest.mark.django_db
READY, EMPTY, WAITING = LinkCard.State.READY, LinkCard.State.EMPTY, LinkCard.State.WAITING


def test_charset_of_the_page_is_found(elsewhere, card_of):
    elsewhere.says("/", "<meta charset=shift_jis><title>日本語</title>".encode("cp932"))

    assert card_of().title == "日本語"


def test_redirect_is_followed_and_pictures_are_found_from_its_end(elsewhere, card_of):
    elsewhere.says("/", status=301, Location="/deep/page")
    elsewhere.says("/deep/page", page(picture_tag("near.png")))
    elsewhere.says("/deep/near.png", files.plain("PNG"), Content_Type="image/png")

    assert card_of().picture


def test_who_wrote_it_is_kept_and_where_a_link_leads_elsewhere_is_not(elsewhere, card_of):
    said = page("<meta name=fediverse:creator content='@alice@localhost:8000'>")
    elsewhere.says("/", said)
    assert card_of().creator == "alice"

    with serving("127.0.0.2") as other:
        other.says("/", said)
        elsewhere.says("/short", status=302, Location=other.url())
        card = card_of("/short")
    assert (card.state, card.creator) == (READY, "")


def test_redirect_to_our_own_pages_shows_nothing(elsewhere, card_of, settings):
    elsewhere.says("/", status=302, Location="/@alice/1")
    elsewhere.says("/@alice/1", page())
    card = note_link(elsewhere.url())
    settings.SITE_URL = elsewhere.url().rstrip("/")

    fetch_link_card(card.id)

    card.refresh_from_db()
    assert card.state == EMPTY


def test_it_is_asked_once_by_job_for_many_who_link_to_it(elsewhere, events_happen):
    elsewhere.says("/", page())
    with events_happen():
        for _ in range(5):
            note_link(elsewhere.url())

    assert len(elsewhere.heard) == 1
    assert LinkCard.objects.get().state == READY


# What cannot be shown -------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451])
def test_page_that_refuses_is_left_alone(elsewhere, card_of, status):
    elsewhere.says("/", page(), status=status)

    card = card_of()

    assert (card.state, card.fetch_at) == (EMPTY, None)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 503])
def test_page_that_has_no_time_is_tried_later(elsewhere, card_of, status):
    elsewhere.says("/", page(), status=status)

    card = card_of()

    assert (card.state, card.tries) == (WAITING, 1)
    assert card.fetch_at > timezone.now()


def test_page_that_comes_back_is_shown_at_the_second_try(elsewhere, card_of):
    elsewhere.says("/", page(), status=503)
    card_of()
    elsewhere.says("/", page())

    assert card_of().state == READY


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<title>not said to be a page</title>", "text/plain"),
        (b"%PDF-1.7", "application/pdf"),
        (b"", "text/html"),
        (b"<p>no title at all", "text/html"),
        (b"\xff\xfe\x00\x01", "text/html"),
        (b"<title><title><title", "text/html"),
        (b"<svg><title>", "text/html"),
    ],
)
def test_what_is_no_page_shows_nothing(elsewhere, card_of, body, kind):
    elsewhere.says("/", body, Content_Type=kind)

    assert card_of().state == EMPTY


def test_redirects_that_never_end_show_nothing(elsewhere, card_of):
    elsewhere.says("/", status=302, Location="/")

    assert card_of().state == EMPTY
    assert len(elsewhere.heard) == 4


def test_redirect_inwards_shows_nothing(elsewhere, card_of):
    elsewhere.says("/", status=302, Location="http://169.254.169.254/latest/meta-data/")

    assert card_of().state == EMPTY


def test_private_machine_is_not_asked(elsewhere, settings):
    card = note_link(elsewhere.url())
    settings.OUTSIDE_ALLOWS_LOOPBACK = False
    fetch_link_card(card.id)

    card.refresh_from_db()
    assert card.state == EMPTY
    assert elsewhere.heard == []


def test_slow_page_costs_its_few_seconds(elsewhere, card_of, settings):
    settings.OUTSIDE_SECONDS = 0.3
    elsewhere.answers["/"] = lambda request: time.sleep(1)
    started = time.monotonic()

    assert card_of().state == WAITING
    assert time.monotonic() - started < 3


def test_huge_page_is_read_as_far_as_it_may_be(elsewhere, card_of, settings):
    head = page()
    elsewhere.says("/", head + b"<p>" * 1_000_000)
    assert card_of().state == READY

    elsewhere.says("/late", b" " * settings.OUTSIDE_MAX_BYTES + head)
    assert card_of("/late").state == EMPTY


def test_page_that_unpacks_to_a_hundred_megabytes_shows_what_it_began_with(elsewhere, card_of):
    packed = gzip.compress(page() + b" " * 100_000_000)
    elsewhere.says("/", packed, Content_Encoding="gzip")

    assert card_of().title == "A page"
