"""The settings pages of word filters."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from relationships.actions import FilterDraft, create_filter
from relationships.models import FilterKeyword, WordFilter
from tests.factories import make_user

pytestmark = pytest.mark.django_db
SENT = {"title": "", "words": "spoiler", "parts": "", "action": "warn", "contexts": ["home"], "ends": "ever"}


def make_filter(owner, title="Films", **more) -> WordFilter:
    draft = {"keywords": {"spoiler": True, "film": False}, "contexts": ("home", "thread"), "action": "hide"}
    return create_filter(owner, FilterDraft(title=title, **{**draft, **more}))


def test_they_are_for_oneself_alone(client, db):
    for address in ("/settings/filters/", "/settings/filters/new/", "/settings/filters/1/"):
        assert client.get(address)["Location"].startswith("/login/")
    assert client.post("/settings/filters/1/delete")["Location"].startswith("/login/")


def test_while_there_are_none_it_says_what_they_are_for(as_alice):
    page = as_alice.get("/settings/filters/").content.decode()
    assert "You filter no words" in page
    assert 'href="/settings/filters/new/"' in page


def test_a_filter_is_made_with_a_plain_form(alice, settings):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    page = client.get("/settings/filters/new/").content.decode()
    assert page.count('type="checkbox" name="contexts"') == 5
    sent = {
        **SENT,
        "words": "spoiler\n\nNew  York\r\n",
        "parts": "cat",
        "contexts": ["home", "account"],
        "ends": "1d",
    }
    assert client.post("/settings/filters/new/", sent).status_code == 403
    token = {"csrfmiddlewaretoken": client.cookies[settings.CSRF_COOKIE_NAME].value}
    response = client.post("/settings/filters/new/", {**sent, **token})
    assert response["Location"] == "/settings/filters/"
    made = WordFilter.objects.get(owner=alice)
    assert dict(FilterKeyword.objects.values_list("phrase", "whole_word")) == {
        "spoiler": True,
        "New York": True,
        "cat": False,
    }
    assert made.contexts == ["account", "home"]
    assert timedelta(hours=23) < made.expires_at - timezone.now() < timedelta(hours=25)
    page = client.get("/settings/filters/").content.decode()
    assert "New York" in page
    assert "Folded: Home and my lists, Profiles" in page
    assert 'class="tag">Ended' not in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"words": " ", "parts": ""}, "Write at least one word or phrase."),
        ({"words": "\n".join(f"word {number}" for number in range(21))}, "A filter holds 20 words"),
        ({"words": "a" * 101}, "at most 100 characters"),
        ({"words": "\u0301"}, "cannot be looked for"),
        ({"words": "nul\0"}, "Null characters are not allowed."),
        ({"title": "t" * 101}, "at most 100 characters"),
        ({"contexts": []}, "Choose at least one place."),
        ({"contexts": ["kitchen"]}, "Choose among these five places."),
        ({"action": ""}, "Choose what happens."),
        ({"action": "burn"}, "Choose one of the three."),
        ({"ends": "keep"}, "Choose one of these ends."),
        ({"ends": ""}, "Choose an end."),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(as_alice, wrong, sentence):
    response = as_alice.post("/settings/filters/new/", {**SENT, "parts": "marmalade", **wrong})
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "marmalade" in page or wrong.get("parts") == ""
    assert not WordFilter.objects.exists()


def test_too_many_filters_are_refused_with_a_sentence(as_alice, alice, settings):
    settings.FILTERS_MAX = 1
    make_filter(alice)
    response = as_alice.post("/settings/filters/new/", SENT)
    assert response.status_code == 422
    assert "You have 1 filters already" in response.content.decode()


def test_a_filter_is_changed_and_its_form_shows_what_it_was(as_alice, alice):
    made = make_filter(alice, expires_at=timezone.now() + timedelta(days=3))
    page = as_alice.get(f"/settings/filters/{made.id}/").content.decode()
    assert "spoiler</textarea>" in page
    assert "film</textarea>" in page
    assert 'value="Films"' in page
    assert page.count(" checked>") == 3  # one action, two places
    assert 'value="keep" selected' in page
    end = made.expires_at
    as_alice.post(f"/settings/filters/{made.id}/", {**SENT, "title": "Movies", "ends": "keep"})
    made.refresh_from_db()
    assert (made.title, made.action, made.contexts, made.expires_at) == ("Movies", "warn", ["home"], end)
    as_alice.post(f"/settings/filters/{made.id}/", SENT)
    made.refresh_from_db()
    assert (made.title, made.expires_at) == ("spoiler", None)


def test_a_filter_that_ended_says_so_and_can_be_begun_again(as_alice, alice):
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        made = make_filter(alice, expires_at=timezone.now() + timedelta(days=1))
    assert 'class="tag">Ended' in as_alice.get("/settings/filters/").content.decode()
    assert ">Ended " in as_alice.get(f"/settings/filters/{made.id}/").content.decode()
    as_alice.post(f"/settings/filters/{made.id}/", {**SENT, "ends": "7d"})
    assert 'class="tag">Ended' not in as_alice.get("/settings/filters/").content.decode()


def test_deleting_is_a_post_and_twice_is_harmless(as_alice, alice):
    address = f"/settings/filters/{make_filter(alice).id}/delete"
    assert as_alice.get(address).status_code == 405
    assert WordFilter.objects.exists()
    for _ in range(2):
        assert as_alice.post(address)["Location"] == "/settings/filters/"
    assert not WordFilter.objects.exists()


def test_somebody_elses_filter_is_neither_shown_nor_touched(as_bob, alice):
    made = make_filter(alice)
    assert "spoiler" not in as_bob.get("/settings/filters/").content.decode()
    address = f"/settings/filters/{made.id}/"
    assert as_bob.get(address).status_code == as_bob.get("/settings/filters/99999/").status_code == 404
    assert as_bob.post(address, SENT).status_code == 404
    as_bob.post(f"{address}delete")
    made.refresh_from_db()
    assert (made.title, made.owner_id) == ("Films", alice.id)


def test_who_is_not_confirmed_may_filter_too(as_person, db):
    from_uma = as_person(make_user("uma", confirmed=False))
    assert from_uma.post("/settings/filters/new/", SENT).status_code == 302


def test_markup_in_filters_is_text(as_alice, alice):
    make_filter(alice, title="<script>alert(1)</script>", keywords={"<b>": True})
    page = as_alice.get("/settings/filters/").content.decode()
    assert "<script>alert" not in page
    assert "<bdi>&lt;b&gt;</bdi>" in page


@pytest.mark.parametrize("number", [3, 30])
def test_the_list_takes_a_fixed_number_of_queries(as_alice, alice, number, django_assert_num_queries):
    for one in range(number):
        make_filter(alice, f"Filter {one}")
    with django_assert_num_queries(4):
        page = as_alice.get("/settings/filters/").content.decode()
    assert page.count("Edit<span") == number
