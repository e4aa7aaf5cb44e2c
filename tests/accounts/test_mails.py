"""The mails about accounts: written by jobs, to the right person, with links of our own address."""

import re

import pytest
from allauth.account.models import EmailAddress

from accounts import mails
from accounts.actions import claim_email, register_user
from accounts.models import User
from jobs.engines.embedded import run_pending
from jobs.models import Job
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def address_of():
    return lambda user: EmailAddress.objects.get(user=user)


def _links(mail) -> list[str]:
    return re.findall(r"https?://\S+", mail.body)


def test_joining_sends_a_link(mailoutbox, address_of, settings):
    settings.SITE_URL = "https://clone.example"
    nora = register_user("nora", "nora@example.org", "correct horse", "Nora O'Neil & Co")
    mails.confirm_address.enqueue(address_of(nora).pk, True)
    run_pending()
    (mail,) = mailoutbox
    assert mail.to == ["nora@example.org"]
    assert "Nora O'Neil & Co" in mail.body
    assert any(link.startswith("https://clone.example/confirm-email/") for link in _links(mail))
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"


def test_joining_with_the_address_of_someone_tells_them_and_gives_no_link(mailoutbox, address_of, alice):
    eve = register_user("eve", alice.email, "correct horse")
    mails.confirm_address.enqueue(address_of(eve).pk, True)
    run_pending()
    (mail,) = mailoutbox
    assert mail.subject.startswith("You already have an account")
    assert "@alice" in mail.body
    assert "eve" not in mail.body
    assert "/confirm-email/" not in mail.body


def test_a_new_address_gets_its_link(mailoutbox, alice):
    address = claim_email(alice, "new@example.org")
    mails.confirm_address.enqueue(address.pk, False)
    run_pending()
    assert mailoutbox[0].to == ["new@example.org"]
    assert "new address" in mailoutbox[0].subject


def test_no_link_for_what_is_confirmed_gone_or_suspended(mailoutbox, address_of):
    nora = register_user("nora", "nora@example.org", "correct horse")
    mails.confirm_address.enqueue(address_of(nora).pk, True)
    User.objects.filter(pk=nora.pk).update(state=User.State.SUSPENDED)
    mails.confirm_address.enqueue(10**6, True)
    run_pending()
    assert mailoutbox == []


def test_a_new_password_for_the_owner_and_for_nobody_else(mailoutbox, alice):
    register_user("eve", alice.email, "correct horse")
    mails.reset_password.enqueue(alice.email)
    mails.reset_password.enqueue("nobody@example.org")
    run_pending()
    (mail,) = mailoutbox
    assert mail.to == [alice.email]
    assert "@alice" in mail.body
    assert "/password/reset/" in mail.body


def test_remote_and_suspended_people_get_no_new_password(mailoutbox):
    make_user("carl", state=User.State.SUSPENDED)
    mails.reset_password.enqueue("carl@example.org")
    run_pending()
    assert mailoutbox == []


def test_jobs_hold_no_secret(alice):
    register_user("nora", "nora@example.org", "correct horse")
    mails.reset_password.enqueue(alice.email)
    mails.confirm_again.enqueue("nora@example.org", None)
    kept = [(job.args, job.kwargs) for job in Job.objects.filter(task__startswith="accounts.mails")]
    assert kept == [([alice.email], {}), (["nora@example.org", None], {})]


def test_a_mail_server_that_is_down_delays_the_mail(mailoutbox, alice, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    mails.email_changed.enqueue(alice.pk, "former@example.org")
    with pytest.raises(OSError):
        run_pending()
    job = Job.objects.get(task="accounts.mails.email_changed")
    assert (job.attempts, job.state) == (1, "waiting")


def test_the_link_again_goes_to_whoever_waits_for_it(mailoutbox):
    register_user("first", "shared@example.org", "correct horse")
    second = register_user("second", "shared@example.org", "correct horse")
    first = User.objects.named("first").get()
    mails.confirm_again.enqueue("shared@example.org", None)
    mails.confirm_again.enqueue("shared@example.org", first.pk)
    mails.confirm_again.enqueue("nobody@example.org", None)
    run_pending()
    assert [("@second" in m.body, "@first" in m.body) for m in mailoutbox] == [(True, False), (False, True)]
    assert second.email == "shared@example.org"
