"""Devices one has signed in on before: a mail about others, and tries of one's own."""

import time

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings as django_settings
from django.test import Client, RequestFactory

from accounts.models import User
from jobs.engines.embedded import run_pending
from tests.factories import PASSWORD
from web.devices import device_of

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def log_in(client: Client, password: str = PASSWORD, login: str = "alice"):
    return client.post("/login/", {"login": login, "password": password})


@pytest.fixture
def own(alice) -> Client:
    """The device on which alice has signed in before, and is signed out."""
    client = Client(REMOTE_ADDR="198.51.100.9")
    log_in(client)
    client.post("/logout/")
    return client


def test_a_new_device_is_told_by_mail_with_what_we_know(own, mailoutbox):
    log_in(Client(REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT=FIREFOX))
    run_pending()
    (sent,) = mailoutbox
    assert sent.subject == "A new sign-in to @alice@localhost:8000"
    assert "203.0.113.7" in sent.body
    assert "Firefox" in sent.body
    assert "/password/reset/" in sent.body


def test_neither_the_first_sign_in_nor_a_known_device_is_worth_a_mail(own, mailoutbox):
    log_in(own)
    run_pending()
    assert mailoutbox == []


def test_one_device_knows_several_people_apart(own, bob, carol, mailoutbox):
    User.objects.update(last_login="2026-01-01T00:00:00Z")
    log_in(own, login="bob")
    own.post("/logout/")
    log_in(own)
    own.post("/logout/")
    log_in(own, login="bob")
    run_pending()
    assert [sent.to for sent in mailoutbox] == [["bob@example.org"]]


def test_the_cookie_names_nobody_and_is_out_of_reach(own, alice):
    cookie = own.cookies[django_settings.DEVICE_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    for word in ("alice", str(alice.pk), alice.email):
        assert word not in cookie.value


def test_it_is_forgotten_after_a_year_and_nobody_makes_one(own):
    def found(value: str):
        request = RequestFactory().get("/")
        request.COOKIES[django_settings.DEVICE_COOKIE_NAME] = value
        return device_of(request)

    value = own.cookies[django_settings.DEVICE_COOKIE_NAME].value
    assert found(value).known_as("@Alice") == found(value).known_as("alice@example.org") != ""
    assert found(value).known_as("bob") == ""
    assert found(value[:-2] + "xx").name == found("nonsense").name == ""
    with time_machine.travel(time.time() + 366 * 24 * 3600, tick=False):
        assert found(value).name == ""


def test_strangers_at_the_same_address_do_not_lock_the_owner_out(own):
    """A school has one address: somebody there uses up all tries of that address and that name."""
    guesser = Client(REMOTE_ADDR="198.51.100.9")
    assert {log_in(guesser, f"guess {n}").status_code for n in range(70)} == {200, 429}
    assert log_in(Client(REMOTE_ADDR="198.51.100.9")).status_code == 429
    assert log_in(own).status_code == 302


def test_a_crowd_of_addresses_is_slowed_and_the_owner_gets_in_on_a_known_device(own, settings):
    settings.RATES_WAY_IN = {**settings.RATES_WAY_IN, "login_failed_anywhere": "30/hour"}
    answers = [
        log_in(Client(REMOTE_ADDR=f"203.0.113.{number}"), f"guess {number} {n}").status_code
        for number in range(4)
        for n in range(10)
    ]
    assert answers == [200] * 30 + [429] * 10
    stopped = log_in(Client(REMOTE_ADDR="192.0.2.44"))
    assert stopped.status_code == 429
    assert "from many places" in stopped.content.decode()
    assert log_in(own).status_code == 302


def test_after_a_new_password_by_mail_the_crowd_is_no_hindrance(own, alice, settings, mailoutbox):
    settings.RATES_WAY_IN = {**settings.RATES_WAY_IN, "login_failed_anywhere": "2/hour"}
    for number in range(3):
        log_in(Client(REMOTE_ADDR=f"203.0.113.{number}"), "guess")
    elsewhere = Client(REMOTE_ADDR="192.0.2.44")
    assert log_in(elsewhere).status_code == 429
    elsewhere.post("/password/reset/", {"email": alice.email})
    run_pending()
    link = next(word for word in mailoutbox[-1].body.split() if "/password/reset/" in word)
    form = elsewhere.get(link.removeprefix("http://localhost:8000"), follow=True).redirect_chain[-1][0]
    elsewhere.post(form, {"password1": "another long password"})
    assert log_in(elsewhere, "another long password").status_code == 302


def test_a_known_device_does_not_guess_for_ever_either(own):
    statuses = [log_in(own, f"guess {n}").status_code for n in range(12)]
    assert statuses == [200] * 10 + [429] * 2
    assert log_in(Client(REMOTE_ADDR="192.0.2.44")).status_code == 302


def test_a_device_that_others_signed_in_on_is_no_known_one(own, bob):
    statuses = [log_in(own, f"guess {n}", "bob").status_code for n in range(12)]
    assert statuses == [200] * 10 + [429] * 2
    assert log_in(Client(REMOTE_ADDR="198.51.100.9"), login="bob").status_code == 429


def test_the_list_of_devices_learns_now_and_then_that_one_is_in_use(own, django_assert_num_queries):
    log_in(own)
    own.get("/settings/appearance/")
    with django_assert_num_queries(2):
        own.get("/settings/appearance/")
    (before,) = UserSession.objects.values_list("last_seen_at", flat=True)
    with time_machine.travel(time.time() + 2 * 3600, tick=False):
        own.get("/settings/appearance/")
        (after,) = UserSession.objects.values_list("last_seen_at", flat=True)
        assert (after - before).total_seconds() > 7000
        with django_assert_num_queries(2):
            own.get("/settings/appearance/")
