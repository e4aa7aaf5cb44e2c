"""“Look into your mail”, the link in it, and another one."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.test import Client
from django.utils import timezone

from accounts.actions import confirm_email, register_user
from accounts.models import User
from jobs.engines.embedded import run_pending
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def nora(db) -> User:
    return register_user("nora", "nora@example.org", PASSWORD)


@pytest.fixture
def link(nora) -> str:
    key = EmailConfirmationHMAC.create(EmailAddress.objects.get(user=nora)).key
    return f"/confirm-email/{key}/"


def test_opening_the_link_changes_nothing(client, nora, link):
    page = client.get(link).content.decode()
    assert "nora@example.org" in page
    nora.refresh_from_db()
    assert not nora.may_write


def test_confirming_in_another_browser_leads_to_log_in(client, nora, link):
    answer = client.post(link, follow=True)
    assert answer.redirect_chain == [("/login/", 302)]
    assert "Your address is confirmed" in answer.content.decode()
    nora.refresh_from_db()
    assert nora.may_write


def test_confirming_while_signed_in_goes_on(as_person, nora, link):
    browser = as_person(nora)
    answer = browser.post(link, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "The address of @nora is confirmed." in answer.content.decode()
    assert "Confirm your e-mail" not in answer.content.decode()


def test_opening_someone_elses_link_signs_nobody_out(as_alice, alice, nora, link):
    as_alice.get(link)
    as_alice.post(link)
    assert as_alice.get("/").wsgi_request.user == alice
    nora.refresh_from_db()
    assert nora.may_write


def test_a_link_works_once(client, link):
    client.post(link)
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 410
        assert "does not work any more" in answer.content.decode()


def test_a_link_expires(client, nora, link, settings):
    with time_machine.travel(
        timezone.now() + timedelta(days=settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS, hours=1)
    ):
        assert client.post(link).status_code == 410
    nora.refresh_from_db()
    assert not nora.may_write


@pytest.mark.parametrize("key", ["nonsense", "MQ:1xVCdK:forged", "x" * 500])
def test_a_forged_link_is_like_an_old_one(client, nora, key):
    assert client.get(f"/confirm-email/{key}/").status_code == 410


def test_a_link_to_an_address_that_became_someone_elses_does_nothing(client, nora, link):
    rival = register_user("rival", "nora@example.org", PASSWORD)
    confirm_email(rival)
    answer = client.post(link)
    assert answer.status_code == 410
    assert "another account" in answer.content.decode()
    nora.refresh_from_db()
    assert not nora.may_write


def test_a_form_without_its_token_is_refused(nora, link):
    assert Client(enforce_csrf_checks=True).post(link).status_code == 403


def test_a_suspended_person_confirms_but_does_not_get_in(client, nora, link):
    client.post("/register/", {"username": "pat", "email": "pat@example.org", "password1": PASSWORD})
    pat = User.objects.get(username="pat")
    key = EmailConfirmationHMAC.create(EmailAddress.objects.get(user=pat)).key
    User.objects.filter(pk=pat.pk).update(state=User.State.SUSPENDED)
    assert client.post(f"/confirm-email/{key}/").status_code == 403
    assert not client.get("/").wsgi_request.user.is_authenticated


def test_another_mail_is_sent_to_who_is_signed_in(as_person, nora, mailoutbox):
    browser = as_person(nora)
    assert "nora@example.org" in browser.get("/confirm-email/").content.decode()
    answer = browser.post("/confirm-email/", follow=True)
    assert "another mail is on its way" in answer.content.decode()
    run_pending()
    assert [mail.to for mail in mailoutbox] == [["nora@example.org"]]


def test_another_mail_can_be_asked_for_by_address_with_one_answer_for_all(client, nora, alice, mailoutbox):
    pages = set()
    for email in ("nora@example.org", "nobody@example.org", alice.email, " NORA@example.org "):
        answer = client.post("/confirm-email/", {"email": email}, follow=True)
        pages.add(re.sub(r'value="\w{64}"', "", answer.content.decode()))
    assert len(pages) == 1
    run_pending()
    assert [mail.to for mail in mailoutbox] == [["nora@example.org"]]  # the second asks too soon


def test_nobody_gets_mails_by_the_dozen(client, nora, mailoutbox):
    for _ in range(5):
        client.post("/confirm-email/", {"email": "nora@example.org"})
    run_pending()
    assert len(mailoutbox) == 1


def test_without_an_address_the_form_asks_for_one(client):
    assert 'name="email"' in client.get("/confirm-email/").content.decode()
    assert client.post("/confirm-email/").status_code == 200


def test_who_is_confirmed_has_no_business_here(as_alice):
    assert as_alice.get("/confirm-email/").headers["Location"] == "/"


def test_only_a_trial_server_shows_its_mailbox(client, settings):
    assert "/mailbox/" in client.get("/confirm-email/").content.decode()
    settings.TRIAL_MAILBOX = False
    assert "/mailbox/" not in client.get("/confirm-email/").content.decode()


def test_people_without_a_note_about_their_address_get_a_mail_too(as_person, mailoutbox):
    """An account made by other means than the form, such as by a backup of older rows."""
    as_person(make_user("old", confirmed=False)).post("/confirm-email/")
    run_pending()
    assert [mail.to for mail in mailoutbox] == [["old@example.org"]]
