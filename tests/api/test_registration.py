"""Joining by an app."""

import pytest
from django.core import mail

from accounts.models import User
from jobs.engines.embedded import run_pending
from joining.actions import add_block, approve, make_invite
from joining.models import JoinBlock
from joining.queries import waiting_of
from tests.api.calling import Caller, caller_for
from tests.api.shape import assert_is
from tests.factories import make_user
from tests.joining.test_join import REASON

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


def test_where_a_question_is_asked_apps_cannot_ask_it(apps, settings):
    settings.CAPTCHA_QUESTION, settings.CAPTCHA_ANSWERS = "What do we call the red boat?", ["Élise"]
    answer = apps.post(PATH, WISH)
    assert (answer.status_code, answer.json()) == (
        403,
        {"error": "Join at http://localhost:8000/register/, where a question is asked"},
    )
    assert apps.get("/api/v2/instance").json()["registrations"]["enabled"] is False
    assert not User.objects.exists()


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


def test_apps_go_by_the_policy_of_the_form(apps, set_joining, staff):
    set_joining(mode="approval")
    registrations = apps.get("/api/v2/instance").json()["registrations"]
    assert registrations["approval_required"] is registrations["reason_required"] is True
    answer = apps.post(PATH, WISH)
    assert answer.status_code == 422
    assert answer.json()["details"]["reason"][0]["error"] == "ERR_BLANK"
    assert apps.post(PATH, {**WISH, "reason": REASON}).status_code == 200
    assert waiting_of(User.objects.get(username="newcomer")).reason == REASON


def test_who_waits_writes_nothing_even_where_no_proof_is_wanted(apps, set_joining, settings):
    settings.API_REGISTRATIONS_CONFIRM = False
    set_joining(mode="approval")
    theirs = Caller(apps.post(PATH, {**WISH, "reason": REASON}).json()["access_token"])
    assert theirs.post("/api/v1/statuses", {"status": "hello"}).status_code in (401, 403)


def test_by_apps_staff_may_want_to_let_in_each(apps, staff, settings):
    settings.API_REGISTRATIONS, settings.API_REGISTRATIONS_CONFIRM = "approval", False
    registrations = apps.get("/api/v2/instance").json()["registrations"]
    assert [registrations[name] for name in ("enabled", "approval_required", "reason_required")] == [True] * 3
    assert apps.post(PATH, WISH).json()["details"]["reason"][0]["error"] == "ERR_BLANK"
    theirs = Caller(apps.post(PATH, {**WISH, "reason": REASON}).json()["access_token"])
    assert theirs.post("/api/v1/statuses", {"status": "hello"}).status_code in (401, 403)
    approve(staff, waiting_of(User.objects.get(username="newcomer")))
    assert theirs.post("/api/v1/statuses", {"status": "hello"}).status_code == 200
    invite = make_invite(staff, limit=1, days=0)
    friend = {"username": "friend", "email": "friend@example.org", "invite_code": invite.code}
    invited = Caller(apps.post(PATH, {**WISH, **friend}).json()["access_token"])
    assert invited.post("/api/v1/statuses", {"status": "hello"}).status_code == 200


def test_closed_and_invites(apps, set_joining, staff):
    invite = make_invite(staff, limit=1, days=0)
    set_joining(mode="invite")
    assert apps.get("/api/v2/instance").json()["registrations"]["enabled"] is False
    assert apps.post(PATH, WISH).status_code == 403
    assert apps.post(PATH, {**WISH, "invite_code": "nonsense"}).status_code == 422
    assert apps.post(PATH, {**WISH, "invite_code": invite.code}).status_code == 200
    set_joining(mode="closed", closed_words="Not now.")
    answer = apps.post(PATH, {**WISH, "username": "other"})
    assert (answer.status_code, answer.json()["error"]) == (403, "Not now.")


def test_what_is_blocked(apps, staff):
    add_block(staff, JoinBlock(kind="email", value="example.org"))
    add_block(staff, JoinBlock(kind="username", value="new*"))
    details = apps.post(PATH, WISH).json()["details"]
    assert details["email"][0]["error"] == "ERR_INVALID"
    assert details["username"][0]["error"] == "ERR_RESERVED"
