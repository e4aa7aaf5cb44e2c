"""Pages for one person are kept by no cache on the way."""

import pytest

from tests.factories import make_tweet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/@alice", "/create/", "/about/", "/@nobody"])
def test_pages_for_somebody_signed_in_are_private(as_alice, path):
    assert as_alice.get(path).headers["Cache-Control"] == "private, no-cache"


def test_a_visitors_page_may_be_kept_by_whoever_asks_again_each_time(client):
    response = client.get("/about/")
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["ETag"]
    assert "Cookie" in response.headers["Vary"]


@pytest.mark.parametrize("page", ["profile", "account", "sessions", "appearance"])
def test_settings_are_never_kept(as_alice, page):
    kept = as_alice.get(f"/settings/{page}/").headers["Cache-Control"]
    assert "private" in kept
    assert "no-store" in kept


def test_a_page_behind_a_mailed_key_is_never_kept(client):
    kept = client.get("/password/reset/1-nonsense/").headers["Cache-Control"]
    assert "private" in kept
    assert "no-store" in kept


def test_a_view_that_decided_keeps_its_word(as_alice):
    assert as_alice.get("/healthz").headers["Cache-Control"] == "no-store"
    assert as_alice.get("/robots.txt").headers["Cache-Control"] == "public, max-age=86400"


def test_signing_in_asks_no_more_queries_for_it(client, alice, django_assert_num_queries):
    make_tweet(alice, "hello")
    client.cookies["session"] = "x" * 32
    with django_assert_num_queries(0):
        response = client.get("/robots.txt")
    assert "Vary" not in response.headers
