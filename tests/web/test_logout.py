"""Logging out: by a POST, for good."""

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client

from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(alice) -> Client:
    client = Client()
    client.post("/login/", {"login": "alice", "password": PASSWORD})
    return client


def test_a_get_asks_and_changes_nothing(browser):
    assert "Log out?" in browser.get("/logout/").content.decode()
    assert browser.get("/").wsgi_request.user.is_authenticated


def test_a_post_ends_the_session_on_the_server(browser):
    copied = browser.cookies[settings.SESSION_COOKIE_NAME].value
    answer = browser.post("/logout/", follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "You have been logged out." in answer.content.decode()
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = copied
    assert not thief.get("/").wsgi_request.user.is_authenticated
    assert not UserSession.objects.exists()


def test_a_post_from_another_site_is_refused(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    assert client.post("/logout/").status_code == 403
    assert client.get("/").wsgi_request.user.is_authenticated


def test_the_way_out_stays_on_the_site(browser):
    assert browser.post("/logout/?next=https://evil.example/").headers["Location"] == "/"


def test_visitors_are_sent_home(client):
    assert client.get("/logout/").headers["Location"] == "/"
    assert client.post("/logout/").headers["Location"] == "/"
