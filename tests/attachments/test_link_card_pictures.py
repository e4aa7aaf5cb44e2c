"""The picture of a linked page: fetched, drawn anew and served by us, or left out."""

import pytest
from django.utils import timezone

from attachments.models import LinkCard
from tests.attachments.linked_pages import page, picture_tag
from tests.common import picture_files as files

pytestmark = pytest.mark.django_db
READY, WAITING = LinkCard.State.READY, LinkCard.State.WAITING


def test_page_becomes_a_card_with_its_picture_from_us(elsewhere, card_of, opened, stored):
    elsewhere.says("/", page("<meta name=description content=Words>", picture_tag()))
    elsewhere.says("/picture", files.with_secrets("JPEG"), Content_Type="image/jpeg")

    card = card_of()

    assert (card.state, card.title, card.description) == (READY, "A page", "Words")
    assert (card.width, card.height, card.is_large) == (1200, 900, True)
    assert card.blurhash
    assert opened(card.picture).size == (1200, 900)
    assert opened(card.picture_webp).size == (1200, 900)
    assert card.picture_url.startswith("/media/pictures/")
    assert len(stored()) == 2
    assert not any(files.SECRET in path.read_bytes() for path in stored())


def test_small_picture_stands_beside_the_words(elsewhere, card_of, opened):
    elsewhere.says("/", page(picture_tag(form="summary")))
    elsewhere.says("/picture", files.photo((1200, 630)), Content_Type="image/jpeg")

    card = card_of()

    assert not card.is_large
    assert opened(card.picture).size == (400, 210)


@pytest.mark.parametrize(
    ("size", "form", "is_large"),
    [
        ((480, 252), "", True),
        ((400, 210), "", False),
        ((400, 210), "summary_large_image", True),
        ((200, 105), "summary_large_image", False),
        ((1200, 630), "summary", False),
        ((1000, 1000), "summary_large_image", False),
    ],
)
def test_form_follows_the_page_and_the_picture(elsewhere, card_of, size, form, is_large):
    elsewhere.says("/", page(picture_tag(form=form)))
    elsewhere.says("/picture", files.plain("PNG", size), Content_Type="image/png")

    assert card_of().is_large is is_large


def plain_card(elsewhere, card_of, body: bytes, kind: str = "image/png", **headers: str) -> LinkCard:
    elsewhere.says("/", page(picture_tag()))
    elsewhere.says("/picture", body, Content_Type=kind, **headers)
    return card_of()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "image/svg+xml"),
        (files.plain("PNG"), "text/html"),
        (files.plain("PNG"), "application/octet-stream"),
        (b"", "image/png"),
        (b"GIF89a", "image/gif"),
        (files.plain("PNG")[:40], "image/png"),
        (files.plain("BMP"), "image/bmp"),
        (files.plain("PNG", (1, 1)), "image/png"),
        (files.plain("PNG", (400, 8)), "image/png"),
        (files.giant_png(20_000, 20_000), "image/png"),
        (files.giant_webp(16_383, 16_383), "image/webp"),
        (files.scanned_jpeg(10_000), "image/jpeg"),
    ],
    ids=["svg", "html", "bytes", "empty", "gif", "cut", "bmp", "dot", "line", "png", "webp", "jpeg"],
)
def test_picture_that_cannot_be_shown_leaves_the_words(elsewhere, card_of, stored, body, kind):
    card = plain_card(elsewhere, card_of, body, kind)

    assert (card.state, card.title, card.picture, card.is_large) == (READY, "A page", "", False)
    assert stored() == []


def test_picture_may_be_larger_than_a_page_but_not_endless(elsewhere, card_of, settings):
    body = files.photo((1600, 1200), quality=97)
    settings.OUTSIDE_MAX_BYTES = 20_000
    assert len(body) > settings.OUTSIDE_MAX_BYTES
    assert plain_card(elsewhere, card_of, body, "image/jpeg").picture

    settings.LINK_PICTURE_MAX_BYTES = len(body) - 1
    elsewhere.says("/other", page(picture_tag()))
    assert card_of("/other").picture == ""


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "http://10.0.0.1/a.png", "http://["]
)
def test_picture_is_fetched_by_the_guarded_way_alone(elsewhere, card_of, address):
    elsewhere.says("/", page(picture_tag(address)))

    card = card_of()

    assert (card.state, card.picture) == (READY, "")
    assert len(elsewhere.heard) == 1


def test_moving_picture_stands_still(elsewhere, card_of, opened):
    card = plain_card(elsewhere, card_of, files.animation("GIF"), "image/gif")

    assert getattr(opened(card.picture), "n_frames", 1) == 1


def test_picture_that_has_no_time_comes_later(elsewhere, card_of):
    elsewhere.says("/", page(picture_tag()))
    elsewhere.says("/picture", status=503)
    card = card_of()
    assert (card.state, card.picture, card.tries) == (READY, "", 1)

    elsewhere.says("/picture", files.plain("PNG"), Content_Type="image/png")
    card = card_of()
    assert (card.picture != "", card.tries, card.fetch_at) == (True, 0, None)


def test_storage_without_room_leaves_nothing_behind(elsewhere, card_of, monkeypatch):
    elsewhere.says("/", page(picture_tag()))
    elsewhere.says("/picture", files.photo((800, 600)), Content_Type="image/jpeg")
    stored = []

    def full(name, content):
        stored.append(name)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("attachments.files.store", full)
    with pytest.raises(OSError):
        card_of()

    card = LinkCard.objects.get()
    assert (card.state, card.tries) == (WAITING, 1)
    assert card.fetch_at > timezone.now()
    assert card.stem
    assert stored[0].startswith(card.stem)  # so that whoever comes next knows what may be there
