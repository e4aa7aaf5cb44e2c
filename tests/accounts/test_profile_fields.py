"""The fields of a profile: four lines in one's own words, and links that prove to be one's own."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accounts import links, periodic
from accounts.actions import note_check, suspend_user, update_profile
from accounts.models import ProfileField, User
from common.errors import Invalid
from common.outside import Answer, Refused, Unreachable
from jobs.engines.embedded import run_pending

pytestmark = pytest.mark.django_db
WORDS = {"display_name": "Alice", "bio": "", "location": "", "website": ""}
GARDEN = ("Garden", "https://garden.example.org/")


@pytest.fixture
def outside(monkeypatch):
    """Pages of other servers by their address; each address that was asked for is noted."""
    pages: dict[str, object] = {}
    asked: list[str] = []

    def fetch(url, *, accept):
        asked.append(url)
        said = pages[url]
        if isinstance(said, Exception):
            raise said
        status, body = said if isinstance(said, tuple) else (200, said)
        return Answer(url, status, "text/html", "", body.encode())

    monkeypatch.setattr(links, "fetch", fetch)
    pages["asked"] = asked
    return pages


def write(person, *pairs):
    update_profile(person, **WORDS, fields=pairs)


def fields_of(person):
    return [(field.name, field.value) for field in person.fields.order_by("position")]


def page_of(person):
    return f'<p>Hello</p><a rel="me" href="{settings.SITE_URL}{person.path}">me</a>'


@pytest.fixture
def verified(alice, outside, events_happen):
    outside[GARDEN[1]] = page_of(alice)
    with events_happen():
        write(alice, GARDEN)
    return alice.fields.get()


def later(field):
    """The next look is due."""
    ProfileField.objects.filter(pk=field.pk).update(check_at=timezone.now())
    periodic.look_at_links()
    run_pending()
    field.refresh_from_db()


def test_fields_are_tidied_and_kept_in_order(alice):
    write(alice, (" Pro\u202enouns ", "she/her"), ("", ""), ("Here\n", "since\t2020"))

    assert fields_of(alice) == [("Pronouns", "she/her"), ("Here", "since 2020")]


@pytest.mark.parametrize(
    ("pair", "blamed"),
    [
        (("", "text"), "field_1_name"),
        (("label", " "), "field_1_value"),
        (("x" * 256, "y"), "field_1_name"),
        (("x", "y" * 256), "field_1_value"),
    ],
)
def test_half_and_too_long_fields_are_refused_and_nothing_is_written(alice, pair, blamed):
    with pytest.raises(Invalid) as refused:
        write(alice, ("fine", "too"), pair)

    assert refused.value.field == blamed
    assert fields_of(alice) == []
    assert User.objects.get(pk=alice.pk).display_name == "Alice Ashdown"


def test_more_than_four_are_refused(alice):
    with pytest.raises(Invalid):
        write(alice, *[("a", str(number)) for number in range(5)])


def test_other_changes_leave_the_fields_alone(alice):
    write(alice, ("a", "b"))
    update_profile(alice, **WORDS)

    assert fields_of(alice) == [("a", "b")]


@pytest.mark.parametrize(
    ("value", "is_link"),
    [
        ("https://garden.example.org/path?a=b", True),
        ("http://garden.example.org/", False),
        ("javascript:alert(1)", False),
        ("https://user:secret@example.org/", False),
        ("https://", False),
        ("https://example.org/ and more", False),
        ("see https://example.org/", False),
    ],
)
def test_only_whole_https_addresses_are_links(value, is_link):
    assert ProfileField(value=value).is_link is is_link


def test_page_that_links_back_gives_a_tick(verified):
    assert verified.verified_at is not None
    assert verified.check_at - timezone.now() > timedelta(days=settings.LINK_CHECK_DAYS - 1)


def test_page_of_somebody_else_gives_none(alice, bob, outside, events_happen):
    outside[GARDEN[1]] = page_of(bob)
    with events_happen():
        write(alice, GARDEN)

    field = alice.fields.get()
    assert (field.verified_at, field.check_at) == (None, None)


def test_saving_again_looks_again(alice, outside, events_happen):
    outside[GARDEN[1]] = "nothing yet"
    with events_happen():
        write(alice, GARDEN)
    outside[GARDEN[1]] = page_of(alice)
    with events_happen():
        write(alice, GARDEN)

    assert alice.fields.get().verified_at


def test_texts_are_never_asked_for(alice, outside, events_happen):
    with events_happen():
        write(alice, ("Plain", "http://garden.example.org/"), ("Text", "garden.example.org"))

    assert outside["asked"] == []


def test_moving_a_field_keeps_its_tick_and_changing_it_does_not(alice, verified, outside):
    write(alice, ("new", "first"), GARDEN)
    assert alice.fields.get(value=GARDEN[1]).verified_at == verified.verified_at

    write(alice, ("Other label", GARDEN[1]))
    assert alice.fields.get().verified_at is None


@pytest.mark.parametrize("answer", ["no link", (404, ""), (410, ""), Refused("no")])
def test_page_that_no_longer_links_back_loses_its_tick_at_the_next_look(verified, outside, answer):
    outside[GARDEN[1]] = answer
    later(verified)

    assert (verified.verified_at, verified.check_at) == (None, None)


@pytest.mark.parametrize("answer", [Unreachable("silence"), (500, ""), (503, ""), (429, "")])
def test_passing_trouble_takes_the_tick_only_after_many_looks(verified, outside, answer):
    outside[GARDEN[1]] = answer
    pauses = []
    for _ in range(settings.LINK_CHECK_FAILURES_MAX - 1):
        later(verified)
        assert verified.verified_at
        pauses.append(verified.check_at - timezone.now())
    assert pauses == sorted(pauses)

    later(verified)
    assert (verified.verified_at, verified.check_at) == (None, None)


def test_trouble_that_passes_is_forgotten(verified, outside):
    since, page = verified.verified_at, outside[GARDEN[1]]
    outside[GARDEN[1]] = Unreachable("silence")
    later(verified)
    assert verified.failures == 1
    outside[GARDEN[1]] = page
    later(verified)

    assert (verified.failures, verified.verified_at) == (0, since)


def test_each_link_is_looked_at_once_when_two_clocks_strike(verified, outside):
    outside["asked"].clear()
    ProfileField.objects.update(check_at=timezone.now())
    periodic.look_at_links()
    periodic.look_at_links()
    run_pending()

    assert outside["asked"] == [GARDEN[1]]


def test_nothing_is_asked_for_somebody_suspended(verified, staff, outside):
    outside["asked"].clear()
    suspend_user(staff, verified.person)
    later(verified)

    assert outside["asked"] == []


def test_answer_about_an_earlier_address_is_not_believed(alice, verified):
    note_check(verified.pk, "https://elsewhere.example.org/", False)
    verified.refresh_from_db()
    assert verified.verified_at

    write(alice, ("Garden", "https://elsewhere.example.org/"))
    note_check(verified.pk, GARDEN[1], True)
    assert alice.fields.get().verified_at is None
    links.check_link.func(verified.pk)  # the row is gone: nothing to say
