"""Two processes with one Redis: what one of them keeps, counts and ends holds in the other."""

import pytest
import redis as client_library

from tests.factories import PASSWORD
from tests.postgres.servers import until


def log_in(browser, name, password=PASSWORD):
    return browser.submit("/login/", login=name, password=password)


@pytest.fixture
def inside(redis):
    return client_library.Redis.from_url(redis.url)


def test_a_session_is_known_and_ended_everywhere(site, servers, inside):
    here, there = servers
    browsers = [site.person(server, "dora") for server in (here, there, here, there)]
    for browser in browsers:
        assert browser.get("/settings/profile/").status_code == 200
    assert inside.keys("localhost:8000:1:django.contrib.sessions.cached_db*")
    assert browsers[0].submit("/logout/").status_code == 302
    for browser in browsers[1:]:
        assert browser.get("/settings/profile/").status_code == 302


def test_guesses_are_counted_together(site, servers):
    guesser = [site.person(server) for server in servers]
    answers = [log_in(guesser[number % 2], "eve", "wrong").status_code for number in range(12)]
    assert answers == [200] * 10 + [429] * 2


def test_people_who_join_are_counted_together(site, servers):
    newcomers = [site.person(server) for server in servers]
    answers = [
        newcomers[number % 2].submit(
            "/register/", username=f"new{number}", email=f"new{number}@example.org", password1=PASSWORD
        )
        for number in range(11)
    ]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 61


def test_requests_of_an_app_are_counted_together(site, servers):
    apps = [site.app(server, "eve") for server in servers]
    left = [int(app.get("/api/v1/bookmarks").headers["X-RateLimit-Remaining"]) for app in apps * 2]
    assert left == sorted(left, reverse=True)
    assert left[0] - left[-1] == 3


def test_a_visitor_sees_at_once_what_was_done_in_another_process(site, servers):
    """Pages for visitors are kept by each process, under one sign in Redis."""
    here, there = servers
    author, visitor = site.person(here, "alice"), site.person(there)
    assert "News of the hour" not in visitor.get("/local/").text
    kept = visitor.get("/local/")
    assert visitor.get("/local/", headers={"If-None-Match": kept.headers["ETag"]}).status_code == 304
    assert author.tweet("News of the hour").status_code == 302
    answer = visitor.get("/local/", headers={"If-None-Match": kept.headers["ETag"]})
    assert answer.status_code == 200
    assert "News of the hour" in answer.text
    assert "Log in" in answer.text
    assert "News of the hour" in site.person(here, "alice").get("/local/").text


def test_every_key_says_whose_it_is(site, servers, inside):
    """Several sites may share one Redis, and Celery with them."""
    site.person(servers[0], "alice").get("/")
    until(lambda: inside.keys())
    foreign = [
        key
        for key in inside.scan_iter()
        if not key.startswith((b"localhost:8000:", b"rates:localhost:8000:"))
    ]
    assert foreign == []
