"""Words that other apps hand over stand in the composer, and nothing is sent."""

from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.factories import make_user
from tweets.models import SavedDraft, Tweet

pytestmark = pytest.mark.django_db
WALK = "/share?title=A+walk&text=By+the+sea&url=https://example.org/walk"


def words(page) -> str:
    return page.context["composer"].parts[0].text


def test_title_words_and_address_stand_in_the_composer(as_alice):
    page = as_alice.get(WALK)
    assert words(page) == "A walk\nBy the sea\nhttps://example.org/walk"
    assert 'action="/create/"' in page.content.decode()
    assert not Tweet.objects.exists()
    assert not SavedDraft.objects.exists()


def test_what_an_app_says_twice_stands_there_once(as_alice):
    page = as_alice.get("/share?title=A+walk&text=A+walk+https://example.org/&url=https://example.org/")
    assert words(page) == "A walk https://example.org/"


@pytest.mark.parametrize(
    ("given", "expected"),
    [("", ""), ("text=%20%00%20", ""), ("text=" + "x" * 6000, "x" * 5000), ("text=%FF", "\ufffd")],
)
def test_odd_words_break_nothing(as_alice, given, expected):
    page = as_alice.get(f"/share?{given}")
    assert page.status_code == 200
    assert words(page) == expected


def test_markup_stays_text(as_alice):
    assert "<script>alert" not in as_alice.get("/share?text=<script>alert(1)</script>").content.decode()


def test_a_visitor_logs_in_and_finds_the_words(client, alice):
    to_log_in = client.get(WALK)
    there = parse_qs(urlsplit(to_log_in.url).query)["next"][0]
    assert to_log_in.url.startswith("/login/?next=" + quote("/share"))
    client.force_login(alice)
    assert words(client.get(there)).startswith("A walk")


def test_who_is_not_confirmed_yet_is_told_how(client, db):
    client.force_login(make_user("newcomer", confirmed=False))
    assert client.get(WALK).url == "/confirm-email/"


def test_only_looking_is_allowed(as_alice):
    assert as_alice.post("/share", {"text": "hello"}).status_code == 405
