"""Settings, Security: what is set up, setting up an app, codes that are shown once, and removing it all."""

import html
import re

import pytest
from django.test import Client

from accounts.queries import has_second_step, second_step_of
from tests.factories import PASSWORD, make_user
from tests.second_steps import code_of, set_up_app

pytestmark = pytest.mark.django_db
HOME, APP, CODES = "/settings/security/", "/settings/security/app/", "/settings/security/codes/"


def signed_in(login: str = "alice") -> Client:
    client = Client()
    client.post("/login/", {"login": login, "password": PASSWORD})
    return client


def key_on(page: str) -> str:
    return "".join(re.findall(r"<span>(\w{4})</span>", page))


def test_it_begins_with_nothing(as_alice):
    page = as_alice.get(HOME).content.decode()
    assert "Two-step sign-in is off" in page
    assert "Recovery codes</b>" not in page


def test_an_app_is_set_up_by_its_drawing_or_its_key(alice):
    client = signed_in()
    page = client.get(APP).content.decode()
    key = key_on(page)
    assert len(key) == 32
    assert 'class="qr"' in page
    address = html.unescape(re.search(r'href="(otpauth://[^"]+)"', page).group(1))
    assert address.startswith("otpauth://totp/Twitter%20Clone%3Aalice?secret=" + key)
    assert key_on(client.get(APP).content.decode()) == key  # a reload does not take it away
    shown = client.post(APP, {"code": code_of(key)}).content.decode()
    assert len(re.findall(r"<code>\d{4} \d{4}</code>", shown)) == 10
    assert "shown this once" in shown
    assert 'download="recovery-codes.txt"' in shown
    page = client.get(HOME).content.decode()
    assert "Two-step sign-in is on" in page
    assert "10 left" in page
    assert key not in page


def test_a_wrong_code_changes_nothing_and_keeps_the_key(alice):
    client = signed_in()
    key = key_on(client.get(APP).content.decode())
    answer = client.post(APP, {"code": "000 000"})
    assert answer.status_code == 422
    assert "This code is not right." in answer.content.decode()
    assert key_on(answer.content.decode()) == key
    assert not has_second_step(alice)


def test_codes_are_shown_once(alice):
    set_up_app(alice)
    client = signed_in_anew(alice)
    shown = client.post(CODES).content.decode()
    first = re.search(r"<code>(\d{4} \d{4})</code>", shown).group(1)
    page = client.get(CODES).content.decode()
    assert first not in page
    assert "You have 10 left." in page


def signed_in_anew(person) -> Client:
    """Somebody who has just proved who they are, whatever it takes."""
    client = Client()
    client.force_login(person)
    client.post("/settings/confirm/?next=/settings/security/", {"password": PASSWORD})
    return client


def test_the_app_goes_by_a_page_that_says_what_it_means(alice):
    set_up_app(alice)
    client = signed_in_anew(alice)
    page = client.get("/settings/security/app/remove/").content.decode()
    assert "password alone lets anybody in" in page
    assert has_second_step(alice)
    client.post("/settings/security/app/remove/")
    assert not has_second_step(alice)
    assert second_step_of(alice).codes_left == 0


@pytest.mark.parametrize("path", [APP, CODES, f"{APP}remove/", "/settings/security/passkeys/new/"])
def test_who_has_not_proved_it_lately_is_asked_first(as_alice, alice, path):
    for answer in (as_alice.get(path), as_alice.post(path, {"code": "1", "name": "x"})):
        assert answer.headers["Location"].startswith("/settings/confirm/?next=")
    assert not has_second_step(alice)


def test_a_code_proves_it_as_well(as_alice, alice):
    key = set_up_app(alice)
    way = as_alice.get(CODES).headers["Location"]
    assert "Use a code instead" in as_alice.get(way).content.decode()
    wrong = as_alice.post(way, {"code": "1"})
    assert wrong.status_code == 422
    assert "This code is not right." in wrong.content.decode()
    assert as_alice.post(way, {"code": code_of(key)}).headers["Location"] == CODES
    assert as_alice.get(CODES).status_code == 200


def test_wrong_codes_are_counted_there_too(as_alice, alice):
    set_up_app(alice)
    way = as_alice.get(CODES).headers["Location"]
    statuses = [as_alice.post(way, {"code": "1"}).status_code for _ in range(12)]
    assert statuses == [422] * 10 + [429] * 2


def test_the_address_must_be_confirmed_first(client):
    nora = make_user("nora", confirmed=False)
    client = signed_in_anew(nora)
    for path in (APP, "/settings/security/passkeys/new/"):
        assert client.get(path).headers["Location"] == HOME
    assert "Confirm your e-mail address first" in client.get(HOME).content.decode()


def test_without_a_second_step_there_are_no_codes(alice):
    client = signed_in()
    assert "Nothing to recover" in client.get(CODES).content.decode()
    assert client.post(CODES).status_code == 403


def test_pages_with_secrets_are_kept_by_nobody(alice):
    client = signed_in()
    for path in (HOME, APP, CODES, "/settings/security/passkeys/new/"):
        assert "no-store" in client.get(path).headers["Cache-Control"]


def test_visitors_are_sent_to_log_in(client):
    for path in (
        HOME,
        APP,
        CODES,
        "/settings/security/passkeys/new/",
        "/settings/security/passkeys/1/remove/",
    ):
        assert client.get(path).headers["Location"].startswith("/login/?next=")


def test_what_is_left_costs_the_same_for_one_and_for_many(alice, django_assert_num_queries):
    client = signed_in()
    client.get(HOME)
    set_up_app(alice)
    with django_assert_num_queries(3):
        client.get(HOME)
