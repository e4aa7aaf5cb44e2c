"""Each request has an id, a line in the log that tells no secret, and for staff its costs."""

import logging
import re

import pytest
from django.db import connection

from tests.factories import PASSWORD, make_tweet

pytestmark = pytest.mark.django_db


def test_a_request_is_one_line_with_who_what_and_how_long(as_alice, alice, log_lines):
    answer = as_alice.get("/local/?secret=hush")

    (line,) = log_lines.all("request")
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert (line["method"], line["view"], line["status"], line["user"]) == ("GET", "local", 200, alice.pk)
    assert line["message"] == "GET local 200"
    assert line["ms"] > 0
    assert line["queries"] > 0
    assert "hush" not in log_lines.text


def test_a_visitor_is_nobody(client, log_lines):
    client.get("/local/")

    assert "user" not in log_lines.all("request")[0]


def test_an_app_is_logged_with_its_person(alice, log_lines, client, django_capture_on_commit_callbacks):
    client.get("/api/v1/timelines/home", headers={"Authorization": "Bearer not-a-token-of-ours"})

    (line,) = log_lines.all("request")
    assert (line["view"], line["status"]) == ("api/v1/timelines/home", 401)
    assert "not-a-token" not in log_lines.text


def test_no_cookie_is_looked_at_for_the_log(client, alice, log_lines, django_assert_num_queries):
    client.force_login(alice)
    with django_assert_num_queries(0):
        answer = client.get("/robots.txt")

    assert "user" not in log_lines.all("request")[0]
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_probes_and_static_files_are_no_lines(client, log_lines):
    client.get("/healthz")
    client.get("/static/web/app.css")

    assert log_lines.all("request") == []


def test_a_server_that_shall_be_quiet_is(client, log_lines, settings):
    settings.LOG_REQUESTS = False
    client.get("/local/")

    assert log_lines.all("request") == []


@pytest.mark.parametrize(
    ("proxies", "given", "is_taken"),
    [
        (0, "abcdef-0123456789", False),
        (1, "abcdef-0123456789", True),
        (1, "short", False),
        (1, "x" * 65, False),
        (1, "two\r\nlines-and-more", False),
        (1, "", False),
    ],
)
def test_only_a_proxy_of_ours_gives_ids(client, settings, proxies, given, is_taken):
    settings.TRUSTED_PROXIES = proxies
    shown = client.get("/robots.txt", headers={"X-Request-Id": given}).headers["X-Request-Id"]

    assert (shown == given) is is_taken
    assert re.fullmatch(r"[\w.-]{8,64}", shown)


def test_two_requests_are_told_apart(client):
    assert client.get("/healthz").headers["X-Request-Id"] != client.get("/healthz").headers["X-Request-Id"]


def test_what_goes_wrong_is_logged_under_the_same_id(client, log_lines, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("our own fault, token=abcdefghij")

    monkeypatch.setattr("web.views.about.side_column", broken)
    client.raise_request_exception = False
    answer = client.get("/about/")

    (error,) = [line for line in log_lines.all("django.request") if line["level"] == "error"]
    assert error["request_id"] == answer.headers["X-Request-Id"]
    assert "our own fault" in error["exception"]
    assert "abcdefghij" not in log_lines.text


def test_staff_see_in_the_browser_where_the_time_goes(staff, as_person, as_alice, client):
    make_tweet(staff)
    timing = as_person(staff).get("/local/").headers["Server-Timing"]

    found = re.fullmatch(
        r'db;dur=(\d+\.\d);desc="(\d+) queries", template;dur=(\d+\.\d), total;dur=(\d+\.\d)', timing
    )
    database, queries, template, total = map(float, found.groups())
    assert queries >= 4
    assert template > 0
    assert database + template <= total
    assert "Server-Timing" not in as_alice.get("/local/").headers
    assert "Server-Timing" not in client.get("/local/").headers


def test_a_page_costs_staff_no_query_more(
    staff, as_person, django_assert_num_queries, django_assert_max_num_queries
):
    as_staff = as_person(staff)
    as_staff.get("/local/")
    with django_assert_max_num_queries(10) as counted:
        answer = as_staff.get("/local/")

    assert f'desc="{len(counted)} queries"' in answer.headers["Server-Timing"]


def test_slow_queries_are_logged_without_their_values(as_alice, alice, log_lines, settings):
    settings.SLOW_QUERY_MS = 0.000_001
    as_alice.get("/search/?q=needle+from:alice")

    slow = log_lines.all("slow_query")
    assert slow
    assert all(line["level"] == "warning" and line["ms"] >= 0 and line["request_id"] for line in slow)
    assert any("FROM" in line["sql"] for line in slow)
    assert "needle" not in log_lines.text


def test_no_query_is_slow_where_none_shall_be(as_alice, log_lines, settings):
    settings.SLOW_QUERY_MS = 0
    as_alice.get("/local/")

    assert log_lines.all("slow_query") == []


def test_counting_is_watched_in_and_out(as_alice):
    """However many requests a thread serves, each query is counted once."""
    for _ in range(3):
        as_alice.get("/local/")

    assert len([each for each in connection.execute_wrappers if each.__name__ == "_timed"]) == 1


def test_a_wrong_password_leaves_a_line_without_it(client, alice, log_lines):
    client.post("/login/", {"login": "alice", "password": "wrong horse battery"})
    client.post("/login/", {"login": "alice", "password": PASSWORD})

    assert [(line["view"], line["status"]) for line in log_lines.all("request")] == [
        ("login", 200),
        ("login", 302),
    ]
    assert "wrong horse" not in log_lines.text
    assert PASSWORD not in log_lines.text


def test_the_libraries_that_would_tell_are_silent():
    for name in ("oauthlib", "httpx", "httpcore"):
        assert not logging.getLogger(name).isEnabledFor(logging.INFO)
