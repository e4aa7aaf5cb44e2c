"""Passkeys: made in the settings, used in place of a password or after it. By a browser: tests/browser."""

import html
import re

import pytest
from django.test import Client

from accounts.actions import suspend_user
from accounts.models import User
from accounts.queries import has_second_step, second_step_of
from tests.factories import PASSWORD
from tests.second_steps import SoftPasskey

pytestmark = pytest.mark.django_db
NEW, KNOWN, STEP = "/settings/security/passkeys/new/", "/login/passkey/", "/login/second-step/"


def signed_in(login: str = "alice") -> Client:
    client = Client()
    client.post("/login/", {"login": login, "password": PASSWORD})
    return client


def asked_on(client: Client, path: str) -> str:
    """What the page's script is to ask the browser for."""
    page = client.get(path).content.decode()
    return html.unescape(re.search(r'data-passkey-options="([^"]+)"', page).group(1))


def add(passkey: SoftPasskey, client: Client, name: str = "Phone"):
    return client.post(NEW, {"name": name, "credential": passkey.make(asked_on(client, NEW))})


@pytest.fixture
def passkey(alice) -> SoftPasskey:
    """One that alice has added."""
    passkey = SoftPasskey()
    add(passkey, signed_in())
    return passkey


def use(passkey: SoftPasskey, client: Client, way: str = ""):
    asked = client.get(KNOWN).content.decode()
    return client.post(KNOWN + way, {"credential": passkey.use(asked)})


def is_in(client: Client) -> bool:
    return client.get("/").wsgi_request.user.is_authenticated


def test_the_first_passkey_brings_recovery_codes_once(alice):
    client = signed_in()
    page = add(SoftPasskey(), client).content.decode()
    assert len(re.findall(r"<code>\d{4} \d{4}</code>", page)) == 10
    assert "data:text/plain" in page
    assert second_step_of(alice).passkeys[0].name == "Phone"
    assert add(SoftPasskey(), client, "Key").headers["Location"] == "/settings/security/"


def test_it_signs_in_without_a_password_and_without_another_step(client, alice, passkey):
    assert use(passkey, client, "?next=/create/").headers["Location"] == "/create/"
    assert client.get("/").wsgi_request.user == alice
    assert second_step_of(alice).passkeys[0].used_at


def test_after_a_password_it_is_the_second_step(client, alice, passkey):
    client.post("/login/", {"login": "alice", "password": PASSWORD})
    answer = client.post(STEP, {"credential": passkey.use(asked_on(client, STEP))})
    assert answer.headers["Location"] == "/"
    assert is_in(client)


def test_somebody_elses_is_no_second_step(client, alice, bob, passkey):
    theirs = SoftPasskey()
    add(theirs, signed_in("bob"))
    client.post("/login/", {"login": "alice", "password": PASSWORD})
    answer = client.post(STEP, {"credential": theirs.use(asked_on(client, STEP))})
    assert answer.status_code == 422
    assert "not known here" in answer.content.decode()
    assert not is_in(client)


def test_one_that_asks_for_neither_face_nor_pin_is_not_taken(client, alice):
    settings = signed_in()
    assert add(SoftPasskey(verifies=False), settings).status_code == 422
    assert not has_second_step(alice)


def test_an_answer_counts_once(client, passkey):
    asked = client.get(KNOWN).content.decode()
    sent = passkey.use(asked)
    assert client.post(KNOWN, {"credential": sent}).headers["Location"] == "/"
    other = Client()
    other.get(KNOWN)
    assert other.post(KNOWN, {"credential": sent}).headers["Location"] == "/login/"
    client.post("/logout/")
    assert client.post(KNOWN, {"credential": sent}).headers["Location"] == "/login/"
    assert not is_in(client)


def test_a_page_of_another_site_gets_nowhere(client, alice, passkey):
    """What people are phished with: the browser says for whom it signed."""
    passkey.origin = "https://localhost.evil.example"
    assert use(passkey, client).headers["Location"] == "/login/"
    passkey.origin, passkey.rp_id = "http://localhost:8000", "evil.example"
    assert use(passkey, client).headers["Location"] == "/login/"
    assert not is_in(client)
    elsewhere = SoftPasskey("https://evil.example")
    assert add(elsewhere, signed_in_by(passkey)).status_code == 422


def signed_in_by(passkey: SoftPasskey) -> Client:
    passkey.origin, passkey.rp_id = "http://localhost:8000", "localhost"
    client = Client()
    use(passkey, client)
    return client


def test_a_passkey_that_says_it_is_somebody_else_is_refused(client, alice, bob, passkey):
    theirs = SoftPasskey()
    add(theirs, signed_in("bob"))
    theirs.owner = passkey.owner
    assert use(theirs, client).headers["Location"] == "/login/"
    assert not is_in(client)


def test_a_removed_one_lets_nobody_in(client, alice, passkey):
    owner = signed_in_by(passkey)
    number = second_step_of(alice).passkeys[0].id
    page = owner.get(f"/settings/security/passkeys/{number}/remove/").content.decode()
    assert "Phone" in page
    assert "password alone lets anybody in" in page
    owner.post(f"/settings/security/passkeys/{number}/remove/")
    assert use(passkey, client).headers["Location"] == "/login/"
    assert owner.get(f"/settings/security/passkeys/{number}/remove/").status_code == 404


def test_suspended_people_stay_out(client, alice, staff, passkey):
    suspend_user(staff, alice)
    answer = use(passkey, client)
    assert answer.status_code == 403
    assert "suspended" in answer.content.decode()


def test_who_is_asked_once_more_may_use_it(alice, passkey):
    client = Client()
    client.force_login(User.objects.get(pk=alice.pk))
    way = client.get("/settings/security/codes/").headers["Location"]
    assert way.startswith("/settings/confirm/?next=")
    answer = client.post(way, {"credential": passkey.use(asked_on(client, way))})
    assert answer.headers["Location"] == "/settings/security/codes/"
    assert client.get("/settings/security/codes/").status_code == 200


def test_guessing_is_slowed_by_the_address(alice):
    statuses = {Client(REMOTE_ADDR="203.0.113.7").get(KNOWN).status_code for _ in range(60)}
    assert statuses == {200}
    assert Client(REMOTE_ADDR="203.0.113.7").get(KNOWN).status_code == 429


_NAMED = '{"id": "YQ", "rawId": "YQ", "type": "public-key"'
_SIGNED = '"clientDataJSON": "e30", "authenticatorData": "YQ", "signature": "YQ"'
_ODD = [
    *("", "{}", "[]", "null", "1", '"x"', '{"id": 1}', "\x00", "{" * 5000, "[" * 25_000, "x" * 40_000),
    *(
        _NAMED + "}",
        '{"response": []}',
        '{"response": {"userHandle": 5}, "id": null, "rawId": [], "type": {}}',
    ),
    _NAMED + ', "response": {"userHandle": "YQ"}}',
    _NAMED + ', "response": {' + _SIGNED + ', "userHandle": "enp6enp6enp6enp6enp6enp6eg"}}',
    _NAMED + ', "response": {"clientDataJSON": "e30", "attestationObject": "oA"}}',
]


@pytest.mark.parametrize("sent", _ODD)
def test_odd_answers_are_refused_with_a_sentence(client, alice, passkey, sent):
    client.get(KNOWN)
    answer = client.post(KNOWN, {"credential": sent})
    assert answer.headers["Location"] == "/login/"
    assert "not known here" in client.get("/login/").content.decode()
    client.post("/login/", {"login": "alice", "password": PASSWORD})
    client.get(STEP)
    assert client.post(STEP, {"credential": sent}).status_code == 422
    assert not is_in(client)
    settings = signed_in_by(passkey)
    settings.get(NEW)
    assert settings.post(NEW, {"name": "x", "credential": sent}).status_code == 422
