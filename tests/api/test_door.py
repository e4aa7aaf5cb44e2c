"""What holds for every request of an app: JSON whatever happens, no cookies, other sites welcome."""

import pytest
from django.db import OperationalError
from django.test import Client

from accounts.actions import suspend_user
from api.shapes import instance
from clients.actions import end_token
from clients.models import App
from tests.api.calling import Caller, caller_for
from tests.factories import make_user

pytestmark = pytest.mark.django_db
HOME = "/api/v1/timelines/home"


def error_of(answer):
    assert answer.headers["Content-Type"].startswith("application/json")
    return answer.status_code, answer.json()["error"]


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/api/", "/api/v9/x", "/api/v1/statuses/abc", "/api/v1/statuses/" + "9" * 40]
)
def test_an_unknown_address_is_json(nobodys, path):
    assert error_of(nobodys.get(path)) == (404, "Record not found")


def test_a_slash_at_the_end_changes_nothing(nobodys):
    assert nobodys.get("/api/v2/instance/").status_code == 200


def test_another_method_is_refused_in_json(nobodys):
    assert error_of(nobodys.delete("/api/v1/instance"))[0] == 405


def test_a_session_counts_for_nothing(as_alice):
    assert error_of(as_alice.get(HOME)) == (401, "The access token is invalid")
    answer = as_alice.post("/api/v1/statuses", {"status": "hello"})
    assert answer.status_code == 401
    assert answer.cookies == {}
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer wrong", "Bearer \0", "Basic abc", "Token x", "Bearer é"]
)
def test_without_a_good_token_nobody_is_let_in(db, header):
    answer = Client().get(HOME, headers={"Authorization": header})
    assert error_of(answer)[0] == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


def test_a_token_in_the_address_is_none(alices):
    assert Client().get(f"{HOME}?access_token={alices.token}").status_code == 401


def test_a_bad_token_is_refused_where_none_is_needed(nobodys):
    assert Caller("wrong").get("/api/v1/statuses/5").status_code == 401
    assert Caller("wrong").get("/api/v2/instance").status_code == 200


def test_a_token_is_dead_at_once(alices):
    assert alices.get(HOME).status_code == 200
    end_token(App.objects.get(), alices.token)
    assert alices.get(HOME).status_code == 401


def test_an_app_without_a_person_is_no_person(app_of):
    app = app_of(None, "read")
    assert error_of(app.get(HOME)) == (401, "This method requires an authenticated user")
    assert app.get("/api/v1/apps/verify_credentials").status_code == 200


def raising(error):
    def document():
        raise error

    return document


def test_a_silent_database_is_503_and_a_defect_500(nobodys, monkeypatch):
    monkeypatch.setattr(instance, "v1", raising(OperationalError("gone")))
    answer = nobodys.get("/api/v1/instance")
    assert error_of(answer)[0] == 503
    assert answer.headers["Retry-After"]

    monkeypatch.setattr(instance, "v1", raising(ZeroDivisionError()))
    answer = Client(raise_request_exception=False).get("/api/v1/instance")
    assert error_of(answer)[0] == 500


def test_a_foreign_host_is_refused_in_json():
    answer = Client(raise_request_exception=False).get("/api/v2/instance", headers={"Host": "evil.example"})
    assert error_of(answer)[0] == 400
    assert "evil" not in answer.content.decode()


# --- Other sites ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/statuses",
        "/oauth/token",
        "/oauth/revoke",
        "/.well-known/webfinger",
        "/nodeinfo/2.0",
        "/api/v1/nothing",
    ],
)
def test_pages_of_other_sites_may_ask_but_not_with_our_cookies(path):
    asked = {"Origin": "https://client.example", "Access-Control-Request-Method": "POST"}
    answer = Client().options(path, headers=asked)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    allowed = answer.headers["Access-Control-Allow-Headers"]
    assert all(name in allowed for name in ("Authorization", "Content-Type", "Idempotency-Key"))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", HOME, 401),
        ("POST", "/api/v1/statuses", 401),
        ("GET", "/api/v1/statuses/5", 404),
        ("GET", "/api/v1/nothing", 404),
        ("DELETE", "/api/v2/instance", 405),
        ("POST", "/api/v1/apps", 422),
        ("POST", "/oauth/token", 400),
        ("POST", "/oauth/revoke", 400),
        ("GET", "/.well-known/webfinger", 400),
        ("GET", "/api/v1/streaming/health", 501),
        ("GET", "/media/nothing.png", 404),
    ],
)
def test_they_may_read_refusals_too(nobodys, method, path, status):
    answer = nobodys(method, path, Origin="https://client.example")
    assert answer.status_code == status
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_they_may_read_that_something_broke(monkeypatch):
    monkeypatch.setattr(instance, "v1", raising(ZeroDivisionError()))
    answer = Client(raise_request_exception=False).get("/api/v1/instance")
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (500, "*")


def test_they_may_read_the_answer_and_its_links(alices):
    answer = alices.get(HOME, Origin="https://client.example")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    exposed = answer.headers["Access-Control-Expose-Headers"]
    assert "Link" in exposed
    assert "X-RateLimit-Remaining" in exposed


def test_pages_of_ours_are_for_nobody_elses_scripts(as_alice):
    for path in ("/", "/oauth/authorize", "/settings/apps/"):
        assert "Access-Control-Allow-Origin" not in as_alice.get(path).headers


# --- Bodies -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body", ["{", "[1, 2]", '"text"', "nul", "[" * 100_000, '{"status": "\\ud800"}', "\xff"]
)
def test_a_damaged_body_is_400(alices, body):
    answer = Client().generic(
        "POST",
        "/api/v1/statuses",
        body.encode("latin-1"),
        content_type="application/json",
        headers={"Authorization": f"Bearer {alices.token}"},
    )
    assert error_of(answer)[0] == 400


def test_a_huge_body_is_413(alices):
    answer = alices.post("/api/v1/statuses", {"status": "x" * 2_000_000})
    assert error_of(answer)[0] == 413
    many = "&".join(f"a{number}=1" for number in range(1000))
    assert error_of(alices.post("/api/v1/statuses", form=many))[0] == 413


@pytest.mark.parametrize(
    "sent",
    [
        {"status": ["a"]},
        {"status": {"a": 1}},
        {"status": "hi", "media_ids": [{"a": 1}]},
        {"status": "hi", "media_ids": "x"},
        {"status": "hi", "in_reply_to_id": [1]},
        {"status": "hi", "in_reply_to_id": True},
        {"status": "hi", "sensitive": "perhaps"},
        {"status": "hi", "visibility": "secret"},
        {"status": "hi", "poll": "yes"},
        {"status": "hi", "poll": {"options": [1, {"x": 2}], "expires_in": 300}},
        {"status": "hi", "poll": {"options": ["a", "b"], "expires_in": "soon"}},
        {"status": "hi", "language": "klingon"},
        {"status": "hi", "language": "e"},
        {"status": "hi", "language": ["en"]},
        {"status": "nul \0"},
        {"status": ""},
        {"status": "x" * 281},
    ],
)
def test_wrong_types_are_422_with_details(alices, sent):
    answer = alices.post("/api/v1/statuses", sent)
    status, error = error_of(answer)
    assert status == 422
    assert error.startswith("Validation failed: ")
    assert all(
        set(one) == {"error", "description"} for many in answer.json()["details"].values() for one in many
    )


@pytest.mark.parametrize("query", ["limit=x", "limit=-1", "max_id=x", "min_id=1.5", "since_id=[]", "limit=٣"])
def test_odd_cursors_are_422(alices, query):
    assert error_of(alices.get(f"{HOME}?{query}"))[0] == 422


def test_unknown_parameters_are_ignored(alices):
    assert alices.post("/api/v1/statuses?a=b", {"status": "hi", "colour": "red"}).status_code == 200


def test_a_body_of_another_kind_is_not_read(alices):
    answer = Client().generic(
        "POST",
        "/api/v1/statuses",
        b"status=hi",
        content_type="text/plain",
        headers={"Authorization": f"Bearer {alices.token}"},
    )
    assert answer.status_code == 422


def test_a_suspended_person_is_out(alices, alice, staff):
    suspend_user(staff, alice)
    assert alices.get(HOME).status_code == 401


def test_who_has_not_confirmed_reads_but_does_not_write():
    app = caller_for(make_user("newcomer", confirmed=False))
    assert app.get(HOME).status_code == 200
    assert error_of(app.post("/api/v1/statuses", {"status": "hi"}))[0] == 403
