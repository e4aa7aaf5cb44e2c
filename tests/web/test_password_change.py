"""A new password in the settings."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from jobs.engines.embedded import run_pending
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "another horse battery"
FORM = {"oldpassword": PASSWORD, "password1": NEW}


@pytest.fixture
def browsers(alice) -> tuple[Client, Client]:
    both = Client(), Client()
    for client in both:
        client.post("/login/", {"login": "alice", "password": PASSWORD})
    return both


def test_the_other_devices_are_logged_out_and_this_one_goes_on(browsers, alice, mailoutbox):
    here, there = browsers
    assert here.get("/settings/password/").status_code == 200
    answer = here.post("/settings/password/", FORM, follow=True)
    assert "Your password has been changed." in answer.content.decode()
    assert here.get("/").wsgi_request.user == alice
    assert not there.get("/").wsgi_request.user.is_authenticated
    assert UserSession.objects.filter(user=alice).count() == 1
    alice.refresh_from_db()
    assert alice.check_password(NEW)
    run_pending()
    assert mailoutbox[0].to == [alice.email]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"oldpassword": "wrong"}, "not your present password"),
        ({"password1": "short"}, "too short"),
        ({"password1": "alice@example.org"}, "too similar"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(browsers, alice, changes, said):
    here, there = browsers
    assert said in here.post("/settings/password/", {**FORM, **changes}).content.decode()
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
    assert there.get("/").wsgi_request.user == alice


def test_guessing_the_present_password_is_slowed_down(browsers):
    here, _ = browsers
    statuses = [here.post("/settings/password/", {**FORM, "oldpassword": "x"}).status_code for _ in range(7)]
    assert statuses[-1] == 429


def test_the_way_back_stays_on_the_site(browsers):
    answer = browsers[0].post("/settings/password/?next=https://evil.example/", FORM)
    assert answer.headers["Location"] == "/settings/password/"


def test_visitors_are_sent_to_log_in(client):
    assert client.get("/settings/password/").headers["Location"] == "/login/?next=/settings/password/"
    assert client.post("/settings/password/", FORM).status_code == 302


def test_a_form_without_its_token_is_refused(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    assert client.post("/settings/password/", FORM).status_code == 403
