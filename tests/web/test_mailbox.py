"""The mailbox of a trial server."""

from datetime import timedelta

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from accounts import mails
from jobs.engines.embedded import run_pending

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mails_in_files(settings, tmp_path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"


def test_an_empty_mailbox_says_so(client):
    assert "No mails yet" in client.get("/mailbox/").content.decode()


def test_mails_are_shown_newest_first_with_links_that_can_be_followed(client, alice):
    EmailMessage("First “ähm”", "Hello\n\nthere", to=["a@example.org"]).send()
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        mails.reset_password.enqueue(alice.email)
        run_pending()
        page = client.get("/mailbox/").content.decode()
    assert page.index("A new password for Twitter Clone") < page.index("First “ähm”")
    assert 'href="/password/reset/' in page
    assert "alice@example.org" in page
    link = page.split('href="/password/reset/')[1].split('"')[0]
    assert client.get(f"/password/reset/{link}").status_code == 302


def test_markup_and_foreign_links_stay_text(client):
    EmailMessage(
        "<b>Subject</b>", "<script>alert(1)</script> https://evil.example/", to=["a@example.org"]
    ).send()
    page = client.get("/mailbox/").content.decode()
    assert "<script>alert" not in page
    assert "<b>Subject" not in page
    assert 'href="https://evil.example' not in page


def test_several_mails_in_one_file_are_several_mails(client):
    from django.core.mail import get_connection

    with get_connection() as connection:
        for number in range(3):
            EmailMessage(f"Number {number}", "-" * 10, to=["a@example.org"], connection=connection).send()
    page = client.get("/mailbox/").content.decode()
    assert all(f"Number {number}" in page for number in range(3))


def test_only_the_last_day_is_shown(client):
    EmailMessage("Old", "text", to=["a@example.org"]).send()
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert "Old" not in client.get("/mailbox/").content.decode()


def test_it_does_not_exist_on_a_real_server_nor_for_other_machines(client, settings):
    assert Client(REMOTE_ADDR="192.0.2.7").get("/mailbox/").status_code == 404
    assert Client(REMOTE_ADDR="").get("/mailbox/").status_code == 404
    assert Client(REMOTE_ADDR="::1").get("/mailbox/").status_code == 200
    settings.TRIAL_MAILBOX = False
    assert client.get("/mailbox/").status_code == 404


def test_behind_a_proxy_nobody_is_local(settings):
    settings.TRUSTED_PROXIES = 1
    assert Client(HTTP_X_FORWARDED_FOR="192.0.2.7").get("/mailbox/").status_code == 404
