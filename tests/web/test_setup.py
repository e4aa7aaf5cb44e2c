"""The page of the first run, and the name that stands everywhere afterwards."""

import pytest
from django.test import Client

from accounts.models import User
from common.errors import Invalid, NotAllowed
from joining.founding import make_setup_code
from moderation.actions import take_measure
from server.actions import rename_server
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
FORM = {
    "site_name": "The Harbour",
    "purpose": "personal",
    "username": "olga",
    "email": "olga@example.org",
    "password": PASSWORD,
}


def test_the_owner_is_made_signed_in_and_the_page_is_gone(
    client, django_capture_on_commit_callbacks, mailoutbox
):
    assert client.get("/setup/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/setup/", {**FORM, "code": make_setup_code()})
    assert answer.status_code == 302
    page = client.get("/").content.decode()
    assert "The Harbour" in page
    assert "/moderation/reports/" in page
    assert client.get("/moderation/audit/").status_code == 200
    for browser in (client, Client()):
        assert browser.get("/setup/").status_code == 404
        assert browser.post("/setup/", {**FORM, "code": "x"}).status_code == 404
    assert Client().get("/register/").status_code == 403  # personal: nobody joins
    assert client.get("/manifest.webmanifest").json()["name"] == "The Harbour"
    assert client.get("/api/v2/instance").json()["title"] == "The Harbour"


def test_a_wrong_code_and_wrong_words_are_told_beside_their_fields(client):
    code = make_setup_code()
    for change, said in (
        ({"code": "wrong"}, "This is not the code"),
        ({"username": "a b"}, "letters"),
        ({"email": "x"}, "form-error"),
        ({"password": "123"}, "short"),
        ({"site_name": ""}, "required"),
        ({"purpose": ""}, "Choose one"),
    ):
        answer = client.post("/setup/", {**FORM, "code": code, **change})
        page = answer.content.decode()
        assert answer.status_code == 422, change
        assert said in page, change
        assert PASSWORD not in page
    assert not User.objects.exists()


def test_guessing_is_paced(client):
    statuses = [
        client.post("/setup/", {**FORM, "code": "x"}, REMOTE_ADDR="203.0.113.9").status_code
        for _ in range(11)
    ]
    assert statuses == [422] * 10 + [429]


def test_no_token_no_owner():
    browser = Client(enforce_csrf_checks=True)
    assert browser.post("/setup/", {**FORM, "code": make_setup_code()}).status_code == 403


def test_the_owner_alone_renames_the_server(staff, alice, proved, django_capture_on_commit_callbacks):
    browser = proved(staff)
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post("/moderation/server/", {"site_name": "Quay"}).status_code == 302
    assert "Quay" in browser.get("/moderation/server/").content.decode()
    assert browser.post("/moderation/server/", {"site_name": "x" * 41}).status_code == 422
    with pytest.raises(Invalid):
        rename_server(staff, "\n")
    for person in (alice, make_user(role="admin")):
        with pytest.raises(NotAllowed):
            rename_server(person, "Mine")


def test_mails_carry_the_name(staff, mailoutbox, django_capture_on_commit_callbacks, events_happen, alice):
    with django_capture_on_commit_callbacks(execute=True):
        rename_server(staff, "Quay")
    with events_happen():
        take_measure(staff, alice, "warn", "Please.")
    assert mailoutbox[-1].from_email.startswith("Quay <")
    assert "Quay" in mailoutbox[-1].subject
