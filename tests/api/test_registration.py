"""Joining by an app."""

import pytest
from django.core import mail

from accounts.models import User
from jobs.engines.embedded import run_pending
from tests.api.calling import Caller, caller_for
from tests.api.shape import assert_is
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PATH = "/api/v1/accounts"
WISH = {
    "username": "newcomer",
    "email": "Newcomer@example.org",
    "password": "correct horse battery",
    "agreement": True,
    "locale": "de",
}


@pytest.fixture
def apps(settings):
    settings.API_REGISTRATIONS = "open"
    return caller_for(None, "read write")


def test_somebody_joins_and_reads_until_the_address_is_proved(apps):
    answer = apps.post(PATH, WISH)
    assert answer.status_code == 200
    assert_is("Token", answer.json())
    person = User.objects.get(username="newcomer")
    assert (person.email, person.is_confirmed, person.posts_language) == ("newcomer@example.org", False, "de")
    run_pending()
    assert [message.to for message in mail.outbox] == [["newcomer@example.org"]]
    theirs = Caller(answer.json()["access_token"])
    assert theirs.get("/api/v1/timelines/public").status_code == 200
    assert theirs.post("/api/v1/statuses", {"status": "hello"}).status_code in (401, 403)


def test_without_proof_where_the_server_wants_none(apps, settings):
    settings.API_REGISTRATIONS_CONFIRM = False
    key = apps.post(PATH, form="username=newcomer&email=n@example.org&password=long+enough+words&agreement=1")
    theirs = Caller(key.json()["access_token"])
    assert theirs.post("/api/v1/statuses", {"status": "hello"}).status_code == 200


def test_the_documents_say_whether_that_is_possible(apps, settings):
    assert apps.get("/api/v1/instance").json()["registrations"] is True
    settings.API_REGISTRATIONS = "off"
    assert apps.get("/api/v2/instance").json()["registrations"]["enabled"] is False


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"username": ""}, "username", "ERR_BLANK"),
        ({"username": "alice"}, "username", "ERR_TAKEN"),
        ({"username": "ALICE"}, "username", "ERR_TAKEN"),
        ({"username": "admin"}, "username", "ERR_RESERVED"),
        ({"username": "two words"}, "username", "ERR_INVALID"),
        ({"username": "x" * 31}, "username", "ERR_INVALID"),
        ({"email": "nowhere"}, "email", "ERR_INVALID"),
        ({"email": None}, "email", "ERR_BLANK"),
        ({"password": "1234"}, "password", "ERR_INVALID"),
        ({"password": "newcomer"}, "password", "ERR_INVALID"),
        ({"agreement": False}, "agreement", "ERR_ACCEPTED"),
        ({"agreement": "perhaps"}, "agreement", "ERR_INVALID"),
    ],
)
def test_all_that_is_wrong_is_said(apps, alice, change, field, code):
    answer = apps.post(PATH, {**WISH, **change})
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("Validation failed: ")
    assert code in [problem["error"] for problem in answer.json()["details"][field]]
    assert User.objects.count() == 1


def test_several_at_once(apps):
    details = apps.post(PATH, {**WISH, "username": "admin", "password": "1234"}).json()["details"]
    assert set(details) == {"username", "password"}


def test_an_address_that_has_an_owner_is_not_told_from_another(apps):
    User.objects.filter(pk=make_user("owner").pk).update(email="newcomer@example.org")
    answer = apps.post(PATH, WISH)
    assert answer.status_code == 200
    run_pending()
    assert "already" in mail.outbox[0].subject


def test_closed_unless_opened(alice):
    answer = caller_for(None, "read write").post(PATH, WISH)
    assert (answer.status_code, answer.json()) == (403, {"error": "Registrations by apps are closed"})
    assert User.objects.count() == 1


def test_nobody_registers_others(apps, alice):
    assert caller_for(alice).post(PATH, WISH).status_code == 403
    assert Caller().post(PATH, WISH).status_code == 401


def test_not_too_many_from_one_place(apps):
    codes = [apps.post(PATH, {}).status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]  # RATES_WAY_IN["sign_up"]
