"""The settings page of who may follow and what is seen."""

import pytest
from django.test import Client

from relationships.actions import follow_user
from relationships.models import Follow
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PAGE = "/settings/privacy/"


def test_the_form_shows_what_is_and_saves_what_is_sent(as_alice, alice):
    page = as_alice.get(PAGE).content.decode()
    assert page.count(" checked") == page.count('id="id_is_findable" checked') == 1
    answer = as_alice.post(
        PAGE, {"is_locked": "on", "hides_counts": "on", "messages_from": "followed"}, follow=True
    )
    assert answer.redirect_chain == [(PAGE, 302)]
    assert answer.content.decode().count(" checked") == 2
    assert '<option value="followed" selected>' in answer.content.decode()
    alice.refresh_from_db()
    assert (alice.is_locked, alice.hides_network, alice.hides_counts) == (True, False, True)
    assert not alice.is_findable
    assert alice.messages_from == "followed"
    as_alice.post(PAGE, {"hides_network": "on", "messages_from": "everyone"})
    alice.refresh_from_db()
    assert (alice.is_locked, alice.hides_network, alice.hides_counts) == (False, True, False)
    assert alice.messages_from == "everyone"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [({}, "Choose who may message you."), ({"messages_from": "x"}, "Choose one of the two.")],
)
def test_a_wrong_choice_gets_a_sentence_and_changes_nothing(as_alice, alice, sent, sentence):
    answer = as_alice.post(PAGE, {"is_locked": "on", **sent})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert answer.content.decode().count(" checked") == 1
    alice.refresh_from_db()
    assert not alice.is_locked


def test_unlocking_lets_in_everyone_who_asked(as_person, alice, events_happen):
    shy = make_user("shy", is_locked=True)
    follow_user(alice, shy, notifies=True)
    browser = as_person(shy)
    assert "Follow requests (1)" in browser.get(PAGE).content.decode()
    with events_happen():
        browser.post(PAGE, {"is_locked": "on", "hides_network": "on", "messages_from": "everyone"})
    assert not Follow.objects.exists()
    with events_happen():
        browser.post(PAGE, {"messages_from": "everyone"})
    assert Follow.objects.get(follower=alice, followed=shy).notifies


def test_visitors_are_sent_to_log_in(client):
    assert client.get(PAGE).headers["Location"] == f"/login/?next={PAGE}"


def test_a_form_without_its_token_is_refused(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    assert client.post(PAGE, {"is_locked": "on"}).status_code == 403
