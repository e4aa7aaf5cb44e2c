"""Joining: the form, its refusals, and that it tells nobody who has an account."""

import re
import threading
from html import unescape

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from jobs.engines.embedded import run_pending
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
FORM = {"username": "nora", "display_name": "Nora", "email": "nora@example.org", "password1": PASSWORD}


def _errors(response) -> str:
    return unescape(" ".join(re.findall(r'class="form-error">.*?</p>', response.content.decode())))


def test_a_newcomer_is_inside_after_one_mail(client, mailoutbox):
    assert client.get("/register/").status_code == 200
    answer = client.post("/register/", FORM)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/confirm-email/")
    assert "nora@example.org" in client.get("/confirm-email/").content.decode()
    assert not client.get("/").wsgi_request.user.is_authenticated
    run_pending()
    (link,) = re.findall(r"http://localhost:8000(/confirm-email/\S+)", mailoutbox[0].body)
    assert client.post(link).headers["Location"] == "/welcome/1/"
    nora = client.get("/").wsgi_request.user
    assert (nora.username, nora.shown_name, nora.may_write) == ("nora", "Nora", True)


def test_the_name_is_optional(client):
    client.post("/register/", {**FORM, "display_name": ""})
    assert User.objects.get(username="nora").shown_name == "nora"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("username", "ALICE", "This name is taken"),
        ("username", "no ra", "Use only the letters"),
        ("username", "admin", "kept for the server"),
        ("username", "x" * 31, "30 characters"),
        ("email", "nonsense", "@ in the middle"),
        ("email", "nora@yopmail.com", "throw-away"),
        ("password1", "short", "too short"),
        ("password1", "password1", "too common"),
        ("password1", "1234567890123", "entirely numeric"),
        ("password1", "nora@example.org", "too similar"),
        ("password1", "", "required"),
        ("display_name", "x" * 51, "at most 50"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_rest_is_kept(client, alice, field, value, said):
    answer = client.post("/register/", {**FORM, field: value})
    assert said in _errors(answer)
    assert User.objects.count() == 1
    if field != "email":
        assert 'value="nora@example.org"' in answer.content.decode()
    assert PASSWORD not in answer.content.decode()


def test_nobody_learns_that_an_address_has_an_account(alice, mailoutbox):
    """The same answer, pages and way in with the password just chosen: only the mails differ."""
    seen = []
    for name, email in (("eve1", alice.email), ("eve2", "free@example.org")):
        browser = Client()
        answer = browser.post("/register/", {**FORM, "username": name, "email": email})
        page = browser.get("/confirm-email/").content.decode().replace(email, "ADDRESS")
        resent = browser.post("/confirm-email/")
        again = Client()
        by_mail = again.post("/login/", {"login": email, "password": PASSWORD + "x"}).status_code
        by_name = again.post("/login/", {"login": name, "password": PASSWORD}).headers["Location"]
        account = (
            again.get("/settings/account/").content.decode().replace(email, "ADDRESS").replace(name, "NAME")
        )
        profile = Client().get(f"/@{name}").status_code
        check = Client().get("/register/username/", {"username": name}).content
        seen.append((answer.status_code, answer.headers["Location"], _plain(page), resent.status_code,
                     by_mail, by_name, _plain(account), profile, check))  # fmt: skip
    assert seen[0] == seen[1]
    run_pending()
    assert [mail.subject.split()[0] for mail in mailoutbox] == ["You", "Confirm"]


def _plain(page: str) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    return re.sub(r"/initials/\d+/", "/initials/", page)


def test_joining_costs_the_same_queries_for_a_known_address(alice, django_assert_max_num_queries):
    Client().get("/register/")  # from now on the policy is in the cache
    counts = []
    for name, email in (("eve1", alice.email), ("eve2", "free@example.org")):
        with django_assert_max_num_queries(40) as counted:
            Client().post("/register/", {**FORM, "username": name, "email": email})
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_a_name_that_was_just_taken_is_an_error_of_the_form(client, alice, monkeypatch):
    monkeypatch.setattr(
        "web.adapter.is_taken", lambda name: False
    )  # as in the moment between check and insert
    answer = client.post("/register/", {**FORM, "username": "Alice"})
    assert answer.status_code == 200
    assert "This name is taken" in _errors(answer)


@pytest.mark.django_db(transaction=True)
def test_many_who_take_a_name_at_once_get_pages_not_failures():
    barrier, statuses = threading.Barrier(5), []

    def join(number: int) -> None:
        barrier.wait()
        statuses.append(Client().post("/register/", {**FORM, "email": f"n{number}@example.org"}).status_code)
        connection.close()

    threads = [threading.Thread(target=join, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 200, 200, 200, 302]
    assert User.objects.count() == 1


def test_a_role_in_the_body_is_ignored(client):
    client.post(
        "/register/", {**FORM, "is_staff": "1", "is_superuser": "1", "email_confirmed_at": "2020-01-01"}
    )
    nora = User.objects.get(username="nora")
    assert (nora.is_staff, nora.is_superuser, nora.is_confirmed) == (False, False, False)


def test_a_form_without_its_token_is_refused():
    assert Client(enforce_csrf_checks=True).post("/register/", FORM).status_code == 403
    assert not User.objects.exists()


def test_who_is_signed_in_goes_home(as_alice):
    assert as_alice.get("/register/").headers["Location"] == "/"


def test_floods_are_slowed_down(client):
    statuses = [client.post("/register/", {**FORM, "username": f"n{n}"}).status_code for n in range(12)]
    assert statuses.count(429) == 2
    refused = client.post("/register/", FORM)
    assert 0 < int(refused.headers["Retry-After"]) <= 61
    assert "Wait a minute" in refused.content.decode()
    assert client.get("/register/").status_code == 200


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nora", "Free"),
        ("ALICE", "taken"),
        ("a b", "Use only"),
        ("root", "kept for"),
        ("", "Choose"),
        ("<b>", "Use only"),
    ],
)
def test_the_name_is_checked_while_it_is_typed(client, alice, name, said):
    answer = client.get("/register/username/", {"username": name})
    assert said in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "<b>" not in answer.content.decode()


def test_checking_names_by_the_thousand_is_slowed_down(client):
    statuses = [client.get("/register/username/?username=x").status_code for _ in range(62)]
    assert statuses.count(429) == 2
