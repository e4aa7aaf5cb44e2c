"""The request box, and the settings that fill it."""

import pytest
from django.test import Client

from notifications.actions import notify, set_policy
from notifications.models import Notification, NotificationPolicy
from relationships.actions import FilterDraft, create_filter
from tests.factories import make_tweet, make_user

pytestmark = pytest.mark.django_db
Kind = Notification.Kind
BOX = "/notifications/requests/"
SENT = dict.fromkeys(NotificationPolicy.WISHES, "filter")


@pytest.fixture
def strict(alice):
    set_policy(alice, SENT)
    return alice


def page_of(client, address=BOX):
    return client.get(address).content.decode()


def test_it_is_for_oneself_alone(client, bob):
    for address in (BOX, f"{BOX}@bob", "/settings/notifications/"):
        assert client.get(address)["Location"].startswith("/login/")
    for button in ("accept", "dismiss"):
        assert client.post(f"{BOX}@bob/{button}")["Location"].startswith("/login/")


def test_an_empty_box_says_what_it_is_for(as_alice):
    page = page_of(as_alice)
    assert "Nobody is waiting" in page
    assert 'href="/settings/notifications/"' in page
    assert "waiting to be let in" not in page_of(as_alice, "/notifications/")


def test_who_waits_is_told_on_the_page_and_not_on_the_badge(as_alice, strict, bob, carol):
    notify(strict, Kind.LIKE, bob, make_tweet(strict))
    page = page_of(as_alice, "/notifications/")
    assert "<b>1</b> person is waiting to be let in" in page
    assert 'class="badge"' not in page
    assert "<title>Notifications" in page
    notify(strict, Kind.FOLLOW, carol)
    assert "<b>2</b> people are waiting" in page_of(as_alice, "/notifications/")


def test_the_box_names_people_and_opens(as_alice, strict, bob):
    notify(strict, Kind.MENTION, bob, make_tweet(bob, "I know a @alice"))
    notify(strict, Kind.FOLLOW, bob)
    page = page_of(as_alice)
    assert "2 notifications" in page
    assert f'href="{BOX}@bob"' in page
    opened = page_of(as_alice, f"{BOX}@bob")
    assert "I know a" in opened
    assert "followed you" in opened


def test_accept_and_dismiss_are_plain_forms(strict, bob, carol, settings):
    for person in (bob, carol):
        notify(strict, Kind.LIKE, person, make_tweet(strict))
    client = Client(enforce_csrf_checks=True)
    client.force_login(strict)
    page = page_of(client)
    assert f'form="act" formaction="{BOX}@bob/accept"' in page
    assert client.post(f"{BOX}@bob/accept").status_code == 403
    token = {"csrfmiddlewaretoken": client.cookies[settings.CSRF_COOKIE_NAME].value}
    for _ in range(2):
        assert client.post(f"{BOX}@bob/accept", token)["Location"] == BOX
        assert client.post(f"{BOX}@carol/dismiss", token)["Location"] == BOX
    assert [(row.actor, row.waits) for row in Notification.objects.all()] == [(bob, False)]
    assert "Nobody is waiting" in page_of(client)
    assert "liked your tweet" in page_of(client, "/notifications/")


def test_a_look_changes_nothing(as_alice, strict, bob):
    notify(strict, Kind.FOLLOW, bob)
    for button in ("accept", "dismiss"):
        assert as_alice.get(f"{BOX}@bob/{button}")["Location"] == f"{BOX}@bob"
    assert Notification.objects.get().waits


def test_nobody_opens_or_empties_the_box_of_another(as_bob, strict, carol):
    notify(strict, Kind.FOLLOW, carol)
    assert "Nothing to show" in page_of(as_bob, f"{BOX}@carol")
    assert as_bob.get(f"{BOX}@nobody").status_code == 404
    as_bob.post(f"{BOX}@carol/dismiss")
    as_bob.post(f"{BOX}@carol/accept")
    assert Notification.objects.get().waits
    assert as_bob.get(BOX).context["page"].rows == []


def test_word_filters_hold_in_the_box_too(as_alice, strict, bob):
    notify(strict, Kind.MENTION, bob, make_tweet(bob, "marmalade for @alice"))
    create_filter(strict, FilterDraft("", {"marmalade": True}, ("notifications",), "hide"))
    page = page_of(as_alice, f"{BOX}@bob")
    assert "marmalade for" not in page
    assert "Nothing to show" in page


@pytest.mark.parametrize("cursor", ["x", "-5", "0", "9" * 30])
def test_a_nonsense_cursor_is_no_error(as_alice, strict, bob, cursor):
    notify(strict, Kind.FOLLOW, bob)
    assert as_alice.get(f"{BOX}?cursor={cursor}").status_code == 200
    assert as_alice.get(f"{BOX}@bob?cursor={cursor}").status_code == 200


def test_older_requests_are_a_link_away(as_alice, strict, settings):
    settings.PEOPLE_PAGE_SIZE = 2
    for number in range(5):
        notify(strict, Kind.FOLLOW, make_user(f"stranger{number}"))
    seen, address = [], BOX
    while address:
        response = as_alice.get(address, headers={"HX-Request": "true"})
        assert "<html" not in response.content.decode()
        page = response.context["page"]
        seen += [row.person.username for row in page.rows]
        address = page.next_url
    assert seen == [f"stranger{number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("number", [3, 30])
def test_the_pages_take_a_fixed_number_of_queries(
    as_alice, strict, bob, number, settings, django_assert_num_queries
):
    settings.PEOPLE_PAGE_SIZE = settings.NOTIFICATIONS_PAGE_SIZE = 50
    for _ in range(number):
        notify(strict, Kind.FOLLOW, make_user())
        notify(strict, Kind.MENTION, bob, make_tweet(bob, "hello @alice"))
    as_alice.get(BOX)
    with django_assert_num_queries(4):
        response = as_alice.get(BOX)
    assert len(response.context["page"].rows) == number + 1
    as_alice.get(f"{BOX}@bob")
    with django_assert_num_queries(7):
        response = as_alice.get(f"{BOX}@bob")
    assert len(response.context["page"].notices) == number


def test_the_policy_is_a_plain_form(as_alice, alice):
    page = page_of(as_alice, "/settings/notifications/")
    assert page.count('<option value="accept" selected>') == 3
    response = as_alice.post("/settings/notifications/", {**SENT, "for_new_accounts": "drop"})
    assert response["Location"] == "/settings/notifications/"
    policy = NotificationPolicy.objects.get(owner=alice)
    assert (policy.for_not_following, policy.for_new_accounts) == ("filter", "drop")
    assert '<option value="drop" selected>' in page_of(as_alice, "/settings/notifications/")


@pytest.mark.parametrize("wrong", [{"for_not_following": "burn"}, {"for_new_accounts": ""}])
def test_a_wrong_wish_is_refused_with_a_sentence(as_alice, wrong):
    response = as_alice.post("/settings/notifications/", {**SENT, **wrong})
    assert response.status_code == 422
    assert "Choose one of the three." in response.content.decode()
    assert not NotificationPolicy.objects.exists()
