"""Logging in: by name or address, safely, and not by guessing."""

from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.test import Client

from accounts.models import User
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def log_in(client: Client, login: str = "alice", password: str = PASSWORD, **more: str):
    return client.post("/login/", {"login": login, "password": password, **more})


@pytest.mark.parametrize("login", ["alice", "@Alice", "alice@example.org"])
def test_people_log_in_by_name_or_address(client, alice, login):
    assert client.get("/login/").status_code == 200
    assert log_in(client, login).headers["Location"] == "/"
    assert client.get("/").wsgi_request.user == alice


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client, alice):
    wrong, unknown = log_in(client, password="wrong"), log_in(client, "nobody", "wrong")
    assert wrong.status_code == unknown.status_code == 200
    assert "The name or the password is not right." in wrong.content.decode()
    assert "The name or the password is not right." in unknown.content.decode()
    assert not client.get("/").wsgi_request.user.is_authenticated


def test_newcomers_log_in_and_read(client):
    make_user("nora", confirmed=False)
    assert log_in(client, "nora").headers["Location"] == "/"
    assert "Confirm your e-mail" in client.get("/").content.decode()
    assert client.get("/create/").headers["Location"] == "/confirm-email/"
    assert client.get("/@nora").status_code == 200
    assert Client().get("/@nora").status_code == 404


def test_suspended_people_are_told_so_once_they_know_the_password(client, alice):
    User.objects.filter(pk=alice.pk).update(state=User.State.SUSPENDED)
    assert "suspended" in log_in(client).content.decode()
    assert "suspended" not in log_in(client, password="wrong").content.decode()
    assert not client.get("/").wsgi_request.user.is_authenticated


@pytest.mark.parametrize("way", ["/create/", "/@alice?page=2", "/settings/account/"])
def test_after_logging_in_one_is_where_one_wanted_to_be(client, alice, way):
    answer = client.post(f"/login/?next={quote(way)}", {"login": "alice", "password": PASSWORD})
    assert answer.headers["Location"] == way


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
     "http:///evil.example", "/\t/evil.example", "evil.example", "http://localhost:8000@evil.example/",
     "http://testserver/"],
)  # fmt: skip
def test_the_way_back_stays_on_the_site(client, alice, elsewhere):
    for answer in (
        client.post(f"/login/?next={quote(elsewhere)}", {"login": "alice", "password": PASSWORD}),
        client.get(f"/login/?next={quote(elsewhere)}"),
    ):
        assert answer.headers["Location"] == "/"


def test_the_session_gets_a_new_id_and_the_old_one_is_dead(client, alice):
    client.get("/register/")
    client.session["planted"] = "x"
    session = client.session
    session["planted"] = "x"
    session.save()
    before = session.session_key
    client.cookies[django_settings.SESSION_COOKIE_NAME] = before
    log_in(client)
    after = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    assert after != before
    thief = Client()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = before
    assert not thief.get("/").wsgi_request.user.is_authenticated


def test_remember_me_keeps_the_cookie(client, alice):
    log_in(client)
    assert client.cookies[django_settings.SESSION_COOKIE_NAME]["max-age"] == ""
    other = Client()
    log_in(other, remember="on")
    assert other.cookies[django_settings.SESSION_COOKIE_NAME]["max-age"] == django_settings.SESSION_COOKIE_AGE


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client, alice):
    log_in(client)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_form_without_its_token_is_refused(alice):
    assert log_in(Client(enforce_csrf_checks=True)).status_code == 403


def test_guessing_is_stopped_and_the_owner_gets_in_from_elsewhere(alice):
    guesser = Client(REMOTE_ADDR="203.0.113.7")
    statuses = [log_in(guesser, password=f"guess {n}").status_code for n in range(12)]
    assert statuses == [200] * 10 + [429] * 2
    stopped = log_in(guesser)
    assert stopped.status_code == 429
    assert int(stopped.headers["Retry-After"]) > 0
    assert "Too many attempts" in stopped.content.decode()
    assert log_in(Client(REMOTE_ADDR="198.51.100.9")).status_code == 302


def test_guessing_at_many_names_is_stopped_too(alice):
    guesser = Client(REMOTE_ADDR="203.0.113.7")
    statuses = [log_in(guesser, f"person{n}", "wrong").status_code for n in range(22)]
    assert statuses.count(429) == 2


def test_a_made_up_forwarded_address_changes_nothing(alice):
    statuses = [
        log_in(
            Client(REMOTE_ADDR="203.0.113.7", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}"), password="wrong"
        ).status_code
        for n in range(11)
    ]
    assert statuses[-1] == 429


def test_behind_a_proxy_people_are_told_apart_by_what_the_proxy_says(alice, settings):
    settings.TRUSTED_PROXIES = 1
    for n in range(11):
        forged = f"10.0.0.{n}, 203.0.113.7"
        last = log_in(Client(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=forged), password="wrong")
    assert last.status_code == 429
    assert log_in(Client(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.9")).status_code == 302


def test_logging_in_rightly_uses_up_nothing(alice):
    for _ in range(15):
        assert log_in(Client(REMOTE_ADDR="203.0.113.7")).status_code == 302


def test_a_page_of_someone_signed_in_costs_one_query_for_the_person_and_one_for_the_bell(
    client, alice, django_assert_num_queries
):
    log_in(client)
    client.get("/settings/appearance/")
    with django_assert_num_queries(2):  # the session comes from the cache
        page = client.get("/settings/appearance/")
    assert b"Alice Ashdown" in page.content


@pytest.mark.parametrize("login", ["a\x00b", "x" * 300, "@", "💥@💥.example", "alice\r\nBcc: x"])
def test_odd_names_get_a_sentence(client, alice, login):
    assert log_in(client, login).status_code == 200


def test_of_allauths_own_pages_none_can_be_reached(client):
    for path in (
        "accounts/login/",
        "accounts/signup/",
        "accounts/email/",
        "login/code/",
        "inactive/",
        "signup/",
    ):
        assert client.get(f"/{path}").status_code == 404
