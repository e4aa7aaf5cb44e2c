"""Registering, asking a person, getting a token and giving it back, over HTTP as apps do."""

import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from tests.api.calling import Caller, caller_for
from tests.api.shape import assert_is
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
CALLBACK = "https://app.example/callback"
NATIVE = "com.example.tusk://oauth"
OOB = "urn:ietf:wg:oauth:2.0:oob"


@pytest.fixture
def as_alice(alice) -> Client:
    """A browser in which alice has just signed in: pages that let apps in want to know it is her."""
    client = Client()
    client.post("/login/", {"login": "alice", "password": PASSWORD})
    return client


@pytest.fixture
def app(nobodys):
    sent = {
        "client_name": "Tusk",
        "redirect_uris": f"{CALLBACK}\n{NATIVE}\n{OOB}",
        "scopes": "read write follow push",
    }
    return nobodys.post("/api/v1/apps", sent).json()


def address(app, **changes):
    wanted = {
        "client_id": app["client_id"],
        "redirect_uri": CALLBACK,
        "response_type": "code",
        "scope": "read write",
        **changes,
    }
    return f"/oauth/authorize?{urlencode(wanted)}"


def credentials(app):
    return {name: app[name] for name in ("client_id", "client_secret")}


def token_for(app, code, redirect_uri=CALLBACK):
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        **credentials(app),
    }
    return Caller().post("/oauth/token", form=urlencode(sent)), Caller().post("/oauth/token", sent)


# --- Registering ------------------------------------------------------------------------------------


@pytest.mark.parametrize("spelling", ["json", "form", "multipart", "list"])
def test_an_app_registers(nobodys, spelling):
    sent = {
        "client_name": "Tusk",
        "redirect_uris": CALLBACK,
        "scopes": "read",
        "website": "https://app.example",
    }
    how = {
        "json": {"data": sent},
        "form": {"form": urlencode(sent)},
        "multipart": {"files": sent},
        "list": {"data": {**sent, "redirect_uris": [CALLBACK]}},
    }
    answer = nobodys.post("/api/v1/apps", **how[spelling])

    assert answer.status_code == 200
    assert_is("CredentialApplication", answer.json())
    assert answer.json()["redirect_uris"] == [CALLBACK]
    assert answer.json()["scopes"] == ["read"]


@pytest.mark.parametrize("missing", ["client_name", "redirect_uris"])
def test_an_app_says_what_it_is(nobodys, missing):
    sent = {"client_name": "Tusk", "redirect_uris": CALLBACK}
    del sent[missing]
    answer = nobodys.post("/api/v1/apps", sent)
    assert answer.status_code == 422
    assert missing in answer.json()["details"]


def test_an_app_is_told_who_it_is(app, nobodys):
    sent = {"grant_type": "client_credentials", **credentials(app)}
    token = nobodys.post("/oauth/token", sent).json()
    assert_is("Token", token)
    answer = Caller(token["access_token"]).get("/api/v1/apps/verify_credentials")
    assert_is("Application", answer.json())
    assert "client_secret" not in answer.json()


# --- The page ---------------------------------------------------------------------------------------


def test_a_visitor_logs_in_first_and_comes_back(app):
    answer = Client().get(address(app, state="x"))
    assert answer.status_code == 302
    target = urlsplit(answer["Location"])
    assert target.path == "/login/"
    assert parse_qs(target.query)["next"] == [address(app, state="x")]


def test_the_page_says_who_asks_for_what(app, as_alice):
    answer = as_alice.get(address(app))
    page = answer.content.decode()
    assert "Tusk" in page
    assert "@alice@" in page
    assert "Act for you" in page
    assert "app.example" in page
    assert "form-action 'self' https://app.example" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert (
        "form-action 'self' com.example.tusk:"
        in (as_alice.get(address(app, redirect_uri=NATIVE))["Content-Security-Policy"])
    )


@pytest.mark.parametrize(
    "lang",
    [
        "de",
        "klingon",
        "",
        "zh-Hant-TW",
        "\0",
        "\r\nSet-Cookie: a=b",
        "%",
        "\u202e\N{GRINNING FACE}",
        "x" * 1000,
    ],
)
def test_the_page_is_in_english_whatever_an_app_wishes(app, alice, lang):
    """Before the login and after it."""
    visitor = Client()
    wanted = address(app, lang=lang, state="x")
    login = visitor.get(wanted)
    assert login.status_code == 302
    answer = visitor.post(login["Location"], {"login": "alice", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, wanted)
    page = visitor.get(answer["Location"])
    assert page.status_code == 200
    assert '<html lang="en"' in page.content.decode()
    assert visitor.post(wanted, {"allow": "yes"})["Location"].startswith(f"{CALLBACK}?code=")


@pytest.mark.parametrize("redirect_uri", [CALLBACK, NATIVE])
def test_a_yes_leads_back_with_a_code_that_becomes_a_token(app, as_alice, alice, redirect_uri):
    answer = as_alice.post(address(app, redirect_uri=redirect_uri, state="s & t"), {"allow": "yes"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{redirect_uri}?code=")
    query = parse_qs(urlsplit(answer["Location"]).query)
    assert query["state"] == ["s & t"]

    first, again = token_for(app, query["code"][0], redirect_uri)

    assert_is("Token", first.json())
    assert first["Cache-Control"] == "no-store"
    assert again.status_code == 400
    assert Caller(first.json()["access_token"]).get("/api/v1/timelines/home").status_code == 401  # replayed


def test_a_token_opens_what_it_was_given_for(app, as_alice, alice):
    answer = as_alice.post(address(app, scope="read"), {"allow": "yes"})
    code = parse_qs(urlsplit(answer["Location"]).query)["code"][0]
    sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
    sent |= credentials(app)
    caller = Caller(Caller().post("/oauth/token", sent).json()["access_token"])

    assert caller.get("/api/v1/accounts/verify_credentials").json()["username"] == "alice"
    assert caller.get("/oauth/userinfo").status_code == 403  # which takes the scope profile
    assert caller.post("/api/v1/statuses", {"status": "hi"}).status_code == 403

    sent = {"token": caller.token, **credentials(app)}
    assert Caller().post("/oauth/revoke", form=urlencode(sent)).status_code == 200
    assert caller.get("/api/v1/accounts/verify_credentials").status_code == 401


def test_a_code_to_copy(app, as_alice):
    page = as_alice.post(address(app, redirect_uri=OOB), {"allow": "yes"}).content.decode()
    code = re.search(r'id="code"[^>]*>([\w-]+)<', page)[1]
    first, _ = token_for(app, code, OOB)
    assert first.status_code == 200


def test_a_no_leads_back_without_one(app, as_alice):
    answer = as_alice.post(address(app, state="s"), {"refuse": "yes"})
    assert answer["Location"].startswith(f"{CALLBACK}?error=access_denied")
    assert "state=s" in answer["Location"]
    assert as_alice.post(address(app, redirect_uri=OOB), {"refuse": "yes"})["Location"] == "/settings/apps/"


def test_another_site_cannot_say_yes_for_somebody(app, alice):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    assert strict.post(address(app), {"allow": "yes"}).status_code == 403


@pytest.mark.parametrize(
    "changes",
    [{"redirect_uri": "https://evil.example/"}, {"client_id": "nobody"}, {"redirect_uri": OOB + "x"}],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_wrong_address_is_an_error_page(app, as_alice, changes, method):
    form = {"content_type": "application/x-www-form-urlencoded", "data": "allow=yes"}
    answer = as_alice.generic(method, address(app, **changes), **form)
    assert answer.status_code == 400
    assert "Location" not in answer


@pytest.mark.parametrize(
    ("changes", "error", "sentence"),
    [
        ({"scope": "admin:write"}, "invalid_scope", "rights that it has not registered"),
        ({"response_type": "token"}, "", "another kind of answer"),
        ({"code_challenge": "short", "code_challenge_method": "S256"}, "invalid_request", "incomplete"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_is_sent_away_without_a_click_when_an_app_asks_wrongly(
    app, as_alice, changes, error, sentence, method
):
    """Anybody may register an app: a redirect would lead from here to wherever they like."""
    form = {"content_type": "application/x-www-form-urlencoded", "data": "allow=yes"}
    answer = as_alice.generic(method, address(app, state="s & t", **changes), **form)
    page = answer.content.decode()

    assert answer.status_code == 400
    assert "Location" not in answer
    assert sentence in page
    back = unescape(re.search(r'href="(https://app.example[^"]*)"', page)[1])
    told = parse_qs(urlsplit(back).query)
    assert error in told["error"][0]
    assert told["state"] == ["s & t"]
    assert "Back to <bdi>Tusk</bdi> at <bdi>app.example</bdi>" in page


def test_a_wrong_question_of_an_app_that_gets_its_code_by_hand_has_no_way_back(app, as_alice):
    answer = as_alice.get(address(app, redirect_uri=OOB, scope="admin:write"))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Tusk" in page
    assert "Back to" not in page


# --- Another account --------------------------------------------------------------------------------


def test_force_login_asks_who_one_is_and_leaves_the_session_until_then(app, as_alice, bob):
    answer = as_alice.get(address(app, force_login="true"))
    assert answer["Location"].startswith("/login/?again=yes&next=")
    page = as_alice.get(answer["Location"])
    assert page.status_code == 200
    assert 'name="password"' in page.content.decode()
    assert "@alice@" in as_alice.get(address(app)).content.decode()

    answer = as_alice.post(answer["Location"], {"login": "bob", "password": PASSWORD})
    assert answer["Location"] == address(app)
    assert "@bob@" in as_alice.get(answer["Location"]).content.decode()


def test_the_metadata_tell_the_addresses(nobodys):
    found = nobodys.get("/.well-known/oauth-authorization-server").json()
    assert found["issuer"] == "http://localhost:8000/"
    assert found["token_endpoint"].endswith("/oauth/token")
    assert found["code_challenge_methods_supported"] == ["S256"]
    assert "password" not in found["grant_types_supported"]


def test_who_somebody_is_takes_the_scope_of_profiles(alice):
    assert caller_for(alice, "profile").get("/oauth/userinfo").json()["preferred_username"] == "alice"
