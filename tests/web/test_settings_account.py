"""The settings page of one's e-mail address."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from accounts.actions import claim_email, register_user
from jobs.engines.embedded import run_pending
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
PAGE = "/settings/account/"


@pytest.fixture
def browser(alice) -> Client:
    """Alice has just typed her password."""
    client = Client()
    client.post("/login/", {"login": "alice", "password": PASSWORD})
    return client


def test_a_new_address_counts_once_its_mail_was_followed(browser, alice, mailoutbox):
    answer = browser.post(PAGE, {"email": "New@example.org"}, follow=True)
    assert "mailbox of new@example.org" in answer.content.decode()
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"
    run_pending()
    (link,) = re.findall(r"http://localhost:8000(/confirm-email/\S+)", mailoutbox[0].body)
    browser.post(link)
    alice.refresh_from_db()
    assert alice.email == "new@example.org"
    run_pending()
    assert mailoutbox[1].to == ["alice@example.org"]
    assert "was changed" in mailoutbox[1].subject
    assert "new@example.org" not in mailoutbox[1].body


def test_an_address_with_an_account_is_taken_without_a_word(browser, alice, bob, mailoutbox):
    pages = []
    browser.get(PAGE)  # “Welcome back” is read
    for email in (bob.email, "free@example.org"):
        page = browser.post(PAGE, {"email": email}, follow=True).content.decode().replace(email, "ADDRESS")
        pages.append(re.sub(r'value="\w{64}"', "", page))
    assert pages[0] == pages[1]
    browser.post(PAGE, {"email": bob.email})
    run_pending()
    assert all("/confirm-email/" not in mail.body for mail in mailoutbox if mail.to == [bob.email])


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("nonsense", "@ in the middle"),
        ("x@yopmail.com", "throw-away"),
        ("ALICE@example.org", "your address already"),
    ],
)
def test_what_is_wrong_is_said(browser, alice, email, said):
    answer = browser.post(PAGE, {"email": email})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not EmailAddress.objects.filter(user=alice, verified=False).exists()


def test_later_the_password_is_asked_for_and_the_wish_is_kept(alice):
    with time_machine.travel(timezone.now() + timedelta(hours=1)) as clock:
        client = Client()
        client.post("/login/", {"login": "alice", "password": PASSWORD})
        clock.shift(timedelta(minutes=10))
        asked = client.post(PAGE, {"email": "new@example.org"})
        assert asked.headers["Location"] == "/settings/confirm/?next=%2Fsettings%2Faccount%2F"
        assert not EmailAddress.objects.filter(email="new@example.org").exists()
        page = asked.headers["Location"]
        assert client.get(page).status_code == 200
        assert "not your password" in client.post(page, {"password": "wrong"}).content.decode()
        assert not EmailAddress.objects.filter(email="new@example.org").exists()
        done = client.post(page, {"password": PASSWORD})
        assert done.status_code == 302
        assert EmailAddress.objects.filter(user=alice, email="new@example.org").exists()


def test_guessing_that_password_is_slowed_down(browser):
    statuses = [browser.post("/settings/confirm/", {"password": "wrong"}).status_code for _ in range(12)]
    assert statuses[-1] == 429


def test_the_mail_again_and_thinking_better_of_it(browser, alice, mailoutbox):
    claim_email(alice, "new@example.org")
    assert "new@example.org" in browser.get(PAGE).content.decode()
    browser.post(PAGE, {"resend": "yes"})
    again = browser.post(PAGE, {"resend": "yes"}, follow=True)
    assert "We have just sent one." in again.content.decode()
    run_pending()
    assert [mail.to for mail in mailoutbox] == [["new@example.org"]]
    browser.post(PAGE, {"cancel": "yes"})
    assert "new@example.org" not in browser.get(PAGE).content.decode()


def test_a_newcomer_corrects_a_mistyped_address(client, mailoutbox):
    nora = register_user("nora", "nroa@example.org", PASSWORD)
    client.post("/login/", {"login": "nora", "password": PASSWORD})
    assert "is not confirmed yet" in client.get(PAGE).content.decode()
    client.post(PAGE, {"email": "nora@example.org"})
    run_pending()
    assert [mail.to for mail in mailoutbox] == [["nora@example.org"]]
    nora.refresh_from_db()
    assert nora.email == "nora@example.org"


def test_visitors_are_sent_to_log_in(client):
    assert client.get(PAGE).headers["Location"] == "/login/?next=/settings/account/"
    assert client.get("/settings/confirm/").headers["Location"].startswith("/login/?next=")


def test_a_form_without_its_token_is_refused(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    assert client.post(PAGE, {"email": "new@example.org"}).status_code == 403
