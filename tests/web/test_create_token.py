"""A token for a script of one's own."""

import re

import pytest
from django.test import Client

from clients.models import AccessToken, App
from tests.api.calling import Caller

pytestmark = pytest.mark.django_db
PATH = "/settings/apps/token/"


@pytest.fixture
def browser(alice):
    """Alice logged in just now."""
    client = Client()
    client.post("/login/", {"login": "alice", "password": "correct horse battery"})
    return client


def make(browser, **sent):
    return browser.post(PATH, {"name": "Breakfast", "scopes": ["read", "write"], **sent})


def test_the_token_is_shown_once_and_opens_what_was_chosen(browser, alice):
    assert 'name="scopes"' in browser.get(PATH).content.decode()
    answer = make(browser)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    key = re.search(r'aria-label="The token">([^<]+)<', answer.content.decode())[1]
    app = Caller(key)
    assert app.get("/api/v1/accounts/verify_credentials").json()["username"] == "alice"
    assert app.post("/api/v1/statuses", {"status": "Good morning"}).status_code == 200
    assert app.get("/api/v1/push/subscription").status_code == 403
    page = browser.get("/settings/apps/").content.decode()
    assert "Breakfast" in page
    assert key not in page
    browser.post("/settings/apps/", {"app": App.objects.get().pk})
    assert app.get("/api/v1/accounts/verify_credentials").status_code == 401


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Name your app or script."),
        ({"name": "x" * 61}, "at most 60 characters"),
        ({"name": "a\u202eb"}, "Name the app"),
        ({"scopes": []}, "Choose what it may do."),
        ({"scopes": ["admin:read"]}, "Choose among these."),
    ],
    ids=["nameless", "long", "unprintable", "nothing", "unknown"],
)
def test_what_makes_no_sense_is_refused(browser, wrong, sentence):
    answer = make(browser, **wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not AccessToken.objects.exists()


def test_whoever_finds_an_open_browser_makes_none(as_alice):
    for answer in (as_alice.get(PATH), make(as_alice)):
        assert answer.status_code == 302
        assert "/settings/confirm/" in answer.headers["Location"]
    assert not AccessToken.objects.exists()


def test_visitors_are_asked_to_log_in(client):
    assert "/login/" in client.get(PATH).headers["Location"]
