"""What a person sees of measures against them, and how they answer, also without signing in."""

import pytest
from django.test import Client

from accounts.models import User
from moderation.actions import lift_measure, take_measure
from moderation.links import path_of
from moderation.models import Measure
from tests.factories import make_image, make_tweet, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> User:
    return make_user("mona", role="moderator")


@pytest.mark.parametrize("kind", Measure.Kind.values)
def test_the_page_says_what_and_why_and_takes_an_appeal(moderator, alice, kind):
    tweet = make_tweet(alice, "a rude word")
    measure = take_measure(moderator, alice, kind, "Rude <words>.", tweet_ids=[tweet.pk])
    browser, path = Client(), path_of(measure.pk)  # nobody is signed in
    answer = browser.get(path)
    page = answer.content.decode()
    assert "Rude &lt;words&gt;." in page
    assert ("a rude word" in page) == (kind == "take_down")
    assert "mona" not in page
    assert 'content="noindex"' in page
    assert "no-store" in answer["Cache-Control"]
    assert browser.post(path, {"text": ""}).status_code == 422
    assert browser.post(path, {"text": "It was a quotation."}).status_code == 302
    page = browser.get(path).content.decode()
    assert "It was a quotation." in page
    assert "waits for an answer" in page
    assert browser.post(path, {"text": "Once more."}).status_code == 403


def test_a_lifted_one_says_so_and_takes_no_appeal(moderator, alice):
    measure = take_measure(moderator, alice, "limit", "Spam.")
    lift_measure(moderator, measure, "A mistake.")
    page = Client().get(path_of(measure.pk)).content.decode()
    assert "A mistake." in page
    assert "<textarea" not in page


def test_only_the_mailed_address_opens(moderator, alice, as_bob):
    measure = take_measure(moderator, alice, "warn", "Please.")
    for token in (str(measure.pk), f"{measure.pk}:x", "x", path_of(measure.pk + 1).split("/")[2]):
        for browser in (Client(), as_bob):
            assert browser.get(f"/measures/{token}/").status_code == 404
            assert browser.post(f"/measures/{token}/", {"text": "x"}).status_code == 404


def test_ones_own_are_listed(moderator, alice, bob, as_alice, as_bob, client):
    measure = take_measure(moderator, alice, "limit", "Spam.")
    assert path_of(measure.pk) in as_alice.get("/settings/measures/").content.decode()
    assert "There is nothing" in as_bob.get("/settings/measures/").content.decode()
    assert client.get("/settings/measures/").status_code == 302


def test_who_is_frozen_reads_and_is_told_why_they_cannot_write(moderator, alice, as_alice, bob):
    tweet = make_tweet(bob, "good morning")
    take_measure(moderator, alice, "freeze", "Spam.")
    page = as_alice.get("/local/").content.decode()
    assert "good morning" in page
    assert "Your account is frozen" in page
    assert "Confirm your e-mail" not in page
    assert as_alice.get("/create/")["Location"] == "/settings/measures/"
    assert as_alice.post(f"{tweet.path}/like").status_code == 403
    assert "frozen" in as_alice.post("/create/", {"text": "x", "key": "k" * 20}).content.decode()
    assert Client().login(username="alice", password="correct horse battery")


def test_pictures_of_who_is_marked_are_covered(moderator, alice):
    make_tweet(alice, "the sea", images=[make_image(alice)])
    assert "Sensitive picture" not in Client().get("/@alice").content.decode()
    take_measure(moderator, alice, "mark", "Rude pictures.")
    assert "Sensitive picture" in Client().get("/@alice").content.decode()
