"""Noting links, asking for their pages exactly once, and keeping what they say."""

from datetime import timedelta

import pytest
from django.utils import timezone

from attachments.actions import (
    begin_picture,
    claim_link_card,
    discard_link_cards,
    note_link,
    show_nothing,
    show_page,
)
from attachments.actions.link_cards import DrawnPicture
from attachments.link_pages import PageFacts
from attachments.models import LinkCard
from events.catalogue import ImagesDiscarded, LinkNoted
from jobs.models import Job

pytestmark = pytest.mark.django_db
URL = "https://example.org/page"
FACTS = PageFacts(title="A page", description="About it", site_name="Example", author_name="Ana")
PICTURE = DrawnPicture(
    "pictures/aa/new-card.jpg", "pictures/aa/new-card-webp.webp", 600, 315, "hash", is_large=True
)


def claimed(url: str = URL) -> LinkCard:
    card = claim_link_card(note_link(url).id)
    assert card is not None
    return card


def shown(facts: PageFacts = FACTS, picture: DrawnPicture | None = None) -> LinkCard:
    card = claimed()
    show_page(card, facts, picture)
    card.refresh_from_db()
    return card


def put_back(card: LinkCard, **spans: float) -> None:
    """As if everything had happened so long ago."""
    span = timedelta(**spans)
    card.refresh_from_db()
    card.asked_at = card.asked_at and card.asked_at - span
    card.fetch_at = card.fetch_at and card.fetch_at - span
    card.wanted_at -= span
    card.save()


# Noting ---------------------------------------------------------------------------------------------


def test_page_is_asked_for_once_however_many_link_to_it(announced):
    with announced() as events:
        cards = [note_link(f"{URL}?utm_source={number}#part{number}") for number in range(5)]

    assert {card.url for card in cards} == {URL}
    assert events == [LinkNoted(cards[0].id)]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://localhost/", "", "https://" + "a" * 3000]
)
def test_what_is_no_page_has_no_card(announced, address):
    with announced() as events:
        assert note_link(address) is None
    assert events == []
    assert not LinkCard.objects.exists()


def test_our_own_pages_have_no_card(settings):
    settings.SITE_URL = "https://clone.example"

    assert note_link("https://clone.example/@alice/1") is None


def test_card_is_fetched_anew_when_tweeted_again_after_a_week(settings, announced):
    card = shown()
    put_back(card, days=settings.LINK_FRESH_DAYS, hours=-1)
    with announced() as events:
        note_link(URL)
    assert events == []

    put_back(card, hours=2)
    with announced() as events:
        note_link(URL)
        note_link(URL)
    assert events == [LinkNoted(card.id)]
    assert claim_link_card(card.id) is not None


def test_page_that_had_nothing_is_asked_again_after_a_day(settings, announced):
    card = claimed()
    show_nothing(card, is_gone=True)
    with announced() as events:
        note_link(URL)
        put_back(card, hours=settings.LINK_EMPTY_HOURS, minutes=1)
        note_link(URL)
    assert events == [LinkNoted(card.id)]


# Asking once ----------------------------------------------------------------------------------------


def test_whoever_claims_first_asks_alone():
    card = note_link(URL)

    assert claim_link_card(card.id) is not None
    assert claim_link_card(card.id) is None
    assert claim_link_card(card.id + 1) is None


def test_page_that_does_not_answer_is_asked_twice_more_with_growing_pauses(announced, settings):
    with announced() as events:
        card = note_link(URL)
        assert claim_link_card(card.id)
        first, second = settings.LINK_PAUSES_SECONDS
        put_back(card, seconds=first - 60)
        assert claim_link_card(card.id) is None
        put_back(card, seconds=61)
        assert claim_link_card(card.id)
        put_back(card, seconds=second + 1)
        assert claim_link_card(card.id)
        put_back(card, days=300)
        assert claim_link_card(card.id) is None

    assert events == [LinkNoted(card.id), LinkNoted(card.id, first), LinkNoted(card.id, second)]
    assert first < second


def test_next_try_is_promised_for_its_time():
    claimed()
    first, second = Job.objects.order_by("id")

    assert (first.queue, second.queue) == ("outside", "outside")
    assert second.run_at - first.run_at > timedelta(minutes=14)


def test_success_calls_the_next_try_off():
    card = shown()
    put_back(card, days=1)

    assert (card.tries, card.fetch_at) == (0, None)
    assert claim_link_card(card.id) is None


# What pages say -------------------------------------------------------------------------------------


def test_card_shows_what_the_page_said():
    card = shown(FACTS, PICTURE)

    assert card.state == LinkCard.State.READY
    assert (card.title, card.description) == ("A page", "About it")
    assert (card.site_name, card.author_name) == ("Example", "Ana")
    assert (card.picture, card.picture_webp) == (PICTURE.name, PICTURE.webp)
    assert (card.width, card.height, card.is_large, card.stem) == (600, 315, True, "")


def test_card_without_a_title_shows_nothing():
    assert shown(PageFacts(description="Words")).state == LinkCard.State.EMPTY


def test_new_picture_sends_the_former_one_away(announced):
    card = shown(FACTS, DrawnPicture("pictures/old.jpg", "", 10, 10, "h", is_large=False))
    LinkCard.objects.update(fetch_at=timezone.now())
    with announced() as events:
        show_page(claim_link_card(card.id), FACTS, PICTURE)

    assert ImagesDiscarded(["pictures/old.jpg"]) in events


def test_words_come_before_a_picture_that_cannot_be_had_just_now(announced):
    card = shown(FACTS, PICTURE)
    LinkCard.objects.update(fetch_at=timezone.now())
    claim = claim_link_card(card.id)
    with announced() as events:
        show_page(claim, PageFacts(title="Newer"), is_all=False)

    card.refresh_from_db()
    assert (card.title, card.picture) == ("Newer", PICTURE.name)
    assert (card.tries, card.fetch_at) == (1, claim.fetch_at)  # it will be tried again
    assert events == []


def test_page_that_is_gone_takes_its_words_along_but_one_that_refuses_does_not(announced):
    card = shown(FACTS, PICTURE)
    show_nothing(card, is_gone=False)
    card.refresh_from_db()
    assert (card.state, card.title) == (LinkCard.State.READY, "A page")

    with announced() as events:
        show_nothing(card, is_gone=True)
    card.refresh_from_db()
    assert (card.state, card.title, card.picture, card.width) == (LinkCard.State.EMPTY, "", "", 0)
    assert events == [ImagesDiscarded(sorted([PICTURE.name, PICTURE.webp]))]


def test_who_comes_too_late_changes_nothing_and_leaves_no_files(announced):
    late = claimed()
    put_back(late, hours=1)
    quick = claim_link_card(late.id)
    show_page(quick, FACTS)
    with announced() as events:
        show_page(LinkCard(pk=late.pk, tries=1), PageFacts(title="Late"), PICTURE)

    late.refresh_from_db()
    assert late.title == "A page"
    assert events == [ImagesDiscarded(sorted([PICTURE.name, PICTURE.webp]))]


def test_files_of_a_try_that_never_ended_go_with_the_next(announced):
    card = claimed()
    stem = begin_picture(card)
    put_back(card, hours=1)
    with announced() as events:
        claim_link_card(card.id)

    card.refresh_from_db()
    assert card.stem == ""
    (discarded,) = (event for event in events if isinstance(event, ImagesDiscarded))
    assert len(discarded.names) == 3
    assert all(name.startswith(stem) for name in discarded.names)


# Letting go -----------------------------------------------------------------------------------------


def test_cards_that_nobody_wants_go_with_their_pictures(announced, settings):
    card = shown(FACTS, PICTURE)
    assert discard_link_cards([card.id]) == 0
    put_back(card, days=settings.LINK_UNCARRIED_DAYS, hours=1)
    with announced() as events:
        assert discard_link_cards([card.id]) == 1
        assert discard_link_cards([card.id]) == 0

    assert not LinkCard.objects.exists()
    assert events == [ImagesDiscarded(sorted([PICTURE.name, PICTURE.webp]))]


def test_a_card_taken_up_anew_stays(settings):
    card = shown()
    put_back(card, days=settings.LINK_UNCARRIED_DAYS, hours=1)
    note_link(URL)

    assert discard_link_cards([card.id]) == 0


def test_popular_link_is_not_written_again_and_again(django_assert_num_queries):
    note_link(URL)
    with django_assert_num_queries(3):  # a savepoint around one question
        note_link(URL)
