"""The settings page of who may follow and what is seen."""

import pytest
from django.test import Client

from relationships.actions import follow_user
from relationships.models import Follow
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PAGE = "/settings/privacy/"


def test_the_form_shows_what_is_and_saves_what_is_sent(as_alice, alice):
    assert "checked" not in as_alice.get(PAGE).content.decode()
    answer = as_alice.post(PAGE, {"is_locked": "on", "hides_counts": "on"}, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert answer.content.decode().count(" checked") == 2
    alice.refresh_from_db()
    assert (alice.is_locked, alice.hides_network, alice.hides_counts) == (True, False, True)
    as_alice.post(PAGE, {"hides_network": "on"})
    alice.refresh_from_db()
    assert (alice.is_locked, alice.hides_network, alice.hides_counts) == (False, True, False)


def test_unlocking_lets_in_everyone_who_asked(as_person, alice, events_happen):
    shy = make_user("shy", is_locked=True)
    follow_user(alice, shy, notifies=True)
    browser = as_person(shy)
    assert "Follow requests (1)" in browser.get(PAGE).content.decode()
    with events_happen():
        browser.post(PAGE, {"is_locked": "on", "hides_network": "on"})
    assert not Follow.objects.exists()
    with events_happen():
        browser.post(PAGE, {})
    assert Follow.objects.get(follower=alice, followed=shy).notifies


def test_visitors_are_sent_to_log_in(client):
    assert client.get(PAGE).headers["Location"] == f"/login/?next={PAGE}"


def test_a_form_without_its_token_is_refused(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    assert client.post(PAGE, {"is_locked": "on"}).status_code == 403
