"""Another mail for somebody who joined by an app and whose address waits to be proved."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from accounts.models import User
from common.ids import moment_of
from jobs.engines.embedded import run_pending
from joining.actions import add_block
from joining.models import JoinBlock
from tests.api.calling import Caller, caller_for

pytestmark = pytest.mark.django_db
PATH = "/api/v1/emails/confirmations"
WISH = {
    "username": "newcomer",
    "email": "new@example.org",
    "password": "correct horse battery",
    "agreement": 1,
}


@pytest.fixture
def theirs(settings):
    """What somebody who joined just now does with their app."""
    settings.API_REGISTRATIONS = "open"
    joined = caller_for(None, "read write").post("/api/v1/accounts", WISH).json()
    run_pending()
    mail.outbox.clear()
    return Caller(joined["access_token"])


def mailed():
    run_pending()
    return [message.to for message in mail.outbox]


def test_the_mail_comes_once_more(theirs):
    assert (theirs.post(PATH).status_code, theirs.post(PATH).status_code) == (200, 429)
    assert mailed() == [["new@example.org"]]


def test_it_goes_to_another_address_which_takes_the_place_of_the_first(theirs):
    assert theirs.post(PATH, form="email=Better@example.org").json() == {}
    assert mailed() == [["better@example.org"]]
    assert User.objects.get(username="newcomer").email == "better@example.org"


def test_an_app_that_was_let_in_later_may_not(alice):
    """Whoever joined by a page has no app they joined with, whichever they let in first."""
    User.objects.filter(pk=alice.pk).update(email_confirmed_at=None)
    with time_machine.travel(moment_of(alice.pk) + timedelta(hours=1)):
        answer = caller_for(User.objects.get(pk=alice.pk), "read write").post(PATH, {"email": "x@y.org"})
    assert answer.status_code == 403
    assert User.objects.get(pk=alice.pk).email == alice.email


def test_an_address_of_somebody_else_is_told_to_its_owner_alone(theirs, alice):
    assert theirs.post(PATH, {"email": alice.email}).status_code == 200
    assert mailed() == [[alice.email]]
    assert "/confirm-email/" not in mail.outbox[0].body


@pytest.mark.parametrize("email", ["nonsense", "x@", "new@mailinator.com", "a" * 300])
def test_what_is_no_address_is_refused(theirs, email):
    assert theirs.post(PATH, {"email": email}).status_code == 422
    assert mailed() == []


def test_an_address_that_may_not_join_is_refused(theirs, staff):
    add_block(staff, JoinBlock(kind="email", value="example.net"))
    assert theirs.post(PATH, {"email": "a@example.net"}).status_code == 422


def test_other_apps_and_confirmed_people_are_refused(theirs, alices):
    other = caller_for(User.objects.get(username="newcomer"))
    assert other.post(PATH).status_code == alices.post(PATH).status_code == 403
    assert mailed() == []
