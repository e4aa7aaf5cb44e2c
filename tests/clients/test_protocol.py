"""The way from a person's yes to a token, and everything on it that must not work."""

import base64
import hashlib
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from clients import protocol
from clients.actions import register_app
from clients.keys import checksum_of
from clients.models import AccessToken, AuthorizationCode
from clients.queries import access_by
from common.errors import Invalid
from tests.clients.conftest import CALLBACK
from tests.clients.flow import ask, code_of, question, redeem
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
VERIFIER = "a-verifier-of-more-than-forty-three-characters-is-wanted"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")


def test_a_yes_becomes_a_token(alice, registered):
    status, token = redeem(registered, code_of(alice, registered))

    assert status == 200
    assert set(token) == {"access_token", "token_type", "scope", "created_at"}
    assert (token["token_type"], token["scope"]) == ("Bearer", "read write")
    access = access_by(token["access_token"])
    assert (access.user, access.scopes, access.app_id) == (alice, "read write", registered.app.pk)


def test_neither_token_nor_code_can_be_read_in_the_database(alice, registered):
    code = code_of(alice, registered)
    _, token = redeem(registered, code)

    kept = str(list(AccessToken.objects.values())) + str(list(AuthorizationCode.objects.values()))
    assert code not in kept
    assert token["access_token"] not in kept


def test_the_app_may_name_itself_in_the_header(alice, registered):
    code, credentials = code_of(alice, registered), registered.credentials
    basic = base64.b64encode(f"{credentials['client_id']}:{credentials['client_secret']}".encode()).decode()

    status, _ = ask(
        [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK)], f"Basic {basic}"
    )

    assert status == 200


@pytest.mark.parametrize("header", ["Basic", "Basic ???", "Basic bm9jb2xvbg==", "Basic //79", "Basic é"])
def test_a_damaged_header_is_no_name(registered, header):
    status, answer = ask([("grant_type", "client_credentials")], header)

    assert (status, answer["error"]) == (401, "invalid_client")


def test_a_second_time_ends_what_came_of_the_first(alice, registered):
    code = code_of(alice, registered)
    _, token = redeem(registered, code)

    status, answer = redeem(registered, code)

    assert (status, answer["error"]) == (400, "invalid_grant")
    assert access_by(token["access_token"]) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"client_secret": "wrong"},
        {"client_secret": None},
        {"client_id": "somebody"},
        {"client_id": "some\0body"},
    ],
)
def test_only_the_app_itself_redeems(alice, registered, changes):
    status, answer = redeem(registered, code_of(alice, registered), **changes)

    assert (status, answer["error"]) == (401, "invalid_client")
    assert not AccessToken.objects.exists()


def test_another_app_cannot_redeem_a_stolen_code(alice, registered):
    thief, secret = register_app("Thief", [CALLBACK], "read write")

    status, answer = redeem(
        registered, code_of(alice, registered), client_id=thief.client_id, client_secret=secret
    )

    assert (status, answer["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize(
    "changes", [{"redirect_uri": CALLBACK + "/"}, {"redirect_uri": ""}, {"grant_type": "refresh_token"}]
)
def test_what_does_not_fit_gives_no_token(alice, registered, changes):
    status, answer = redeem(registered, code_of(alice, registered), **changes)

    assert status == 400
    assert answer["error"] in {"invalid_grant", "invalid_request", "unsupported_grant_type"}
    assert not AccessToken.objects.exists()


def test_a_code_that_nobody_gave_is_none(registered):
    status, answer = redeem(registered, "wrong")

    assert (status, answer["error"]) == (400, "invalid_grant")


def test_a_code_lives_ten_minutes(alice, registered):
    code = code_of(alice, registered)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert redeem(registered, code)[0] == 400


def test_an_address_named_twice_is_no_choice(alice, registered):
    code = code_of(alice, registered)
    with_two = [*question(registered), ("redirect_uri", "https://evil.example/")]
    with pytest.raises(Invalid):
        protocol.read_question(with_two)
    assert redeem(registered, code, redirect_uri=None)[0] == 200  # the only one there is


# --- PKCE -------------------------------------------------------------------------------------------


def test_with_a_challenge_the_verifier_is_needed(alice, registered):
    asked = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    for wrong in (None, "x" * 50, CHALLENGE):
        assert redeem(registered, code_of(alice, registered, **asked), code_verifier=wrong)[0] == 400
    assert redeem(registered, code_of(alice, registered, **asked), code_verifier=VERIFIER)[0] == 200


@pytest.mark.parametrize("method", ["plain", None, "S512"])
def test_a_challenge_that_protects_nobody_is_refused(registered, method):
    with pytest.raises(protocol.WrongQuestion) as wrong:
        protocol.read_question(question(registered, code_challenge=CHALLENGE, code_challenge_method=method))
    assert wrong.value.address.startswith(f"{CALLBACK}?error=invalid_request")


@pytest.mark.parametrize(
    "challenge", ["short", "x" * 129, "\0" + CHALLENGE, f"{CHALLENGE}\n", "é" * 43, "=" * 43]
)
def test_a_challenge_that_is_none_is_refused_before_it_is_kept(registered, challenge):
    with pytest.raises(protocol.WrongQuestion) as wrong:
        protocol.read_question(question(registered, code_challenge=challenge, code_challenge_method="S256"))
    assert wrong.value.address.startswith(f"{CALLBACK}?error=invalid_request")


# --- Without a person, and with a password ----------------------------------------------------------


def test_an_app_speaks_for_itself(registered):
    status, token = ask(
        list({"grant_type": "client_credentials", "scope": "read", **registered.credentials}.items())
    )

    assert (status, token["scope"]) == (200, "read")
    assert access_by(token["access_token"]).user is None


def test_an_app_for_itself_gets_no_more_than_it_registered(registered):
    status, answer = ask(
        list({"grant_type": "client_credentials", "scope": "admin", **registered.credentials}.items())
    )

    assert (status, answer["error"]) == (400, "invalid_scope")


def with_password(registered, **changes):
    sent = {"grant_type": "password", "username": "alice", "password": PASSWORD, "scope": "read"}
    return ask(list({**sent, **registered.credentials, **changes}.items()))


@pytest.mark.usefixtures("alice")
def test_passwords_are_no_way_in_unless_switched_on(registered, settings):
    status, answer = with_password(registered)
    assert (status, answer["error"]) == (400, "unsupported_grant_type")

    settings.OAUTH_PASSWORD_GRANT = True
    assert with_password(registered)[0] == 200
    assert with_password(registered, password="wrong")[0] == 400


# --- Ending it --------------------------------------------------------------------------------------


def test_an_app_gives_its_token_back(alice, registered):
    _, token = redeem(registered, code_of(alice, registered))
    key = token["access_token"]
    other, secret = register_app("Other", [CALLBACK], "read")

    theirs = [("token", key), ("client_id", other.client_id), ("client_secret", secret)]
    assert protocol.answer_revocation(theirs, "")[2] == 200  # says nothing about tokens of others
    assert access_by(key) is not None

    ours = [("token", key), *registered.credentials.items()]
    assert protocol.answer_revocation(ours, "")[2] == 200
    assert access_by(key) is None
    assert protocol.answer_revocation(ours, "")[2] == 200
    assert protocol.answer_revocation([("token", key)], "")[2] == 401


def test_a_key_that_is_none_opens_nothing(db):
    for key in ("", "x", "\0", "é\ud800", "x" * 10_000, checksum_of("x")):
        assert access_by(key) is None
