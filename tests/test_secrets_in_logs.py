"""Everything secret goes through the server once, and stands in no line of the log."""

import logging
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from common.logs import without_secrets
from jobs.engines.embedded import run_pending
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
CALLBACK = "https://app.example/callback"
NEW = "another horse battery"


def test_signing_in_leaves_no_secret(client, alice, log_lines):
    client.post("/login/?next=/settings/", {"login": alice.email, "password": PASSWORD})
    session = client.cookies["session"].value
    client.get("/settings/account/")
    client.post("/logout/")

    assert len(log_lines.all("request")) == 3
    assert_silent_about(log_lines, PASSWORD, session)


def test_a_forgotten_password_leaves_no_link(client, alice, log_lines, mailoutbox):
    client.post("/password/reset/", {"email": alice.email})
    run_pending()
    (link,) = re.findall(r"http://localhost:8000(/password/reset/\S+-\S+)", mailoutbox[-1].body)
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "short"})
    client.post(form, {"password1": NEW})
    client.get(link, HTTP_HOST="evil.example")  # refused, before anybody looks what it is
    client.put(link)

    assert_silent_about(log_lines, link.strip("/").rpartition("/")[2], NEW, alice.email)


def test_an_app_is_let_in_and_leaves_no_code_and_no_token(client, alice, log_lines):
    client.post("/login/", {"login": "alice", "password": PASSWORD})
    app = (
        Client()
        .post("/api/v1/apps", {"client_name": "Tusk", "redirect_uris": CALLBACK, "scopes": "read write"})
        .json()
    )
    question = urlencode(
        {
            "client_id": app["client_id"],
            "redirect_uri": CALLBACK,
            "response_type": "code",
            "scope": "read write",
            "state": "hush-a-state",
        }
    )
    page = client.get(f"/oauth/authorize?{question}").content.decode()
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
    answer = client.post(f"/oauth/authorize?{question}", {**fields, "allow": "yes", "answer": "allow"})
    code = parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": CALLBACK,
        "client_id": app["client_id"],
        "client_secret": app["client_secret"],
    }
    token = Client().post("/oauth/token", sent).json()["access_token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert Client().get("/api/v1/accounts/verify_credentials", headers=bearer).status_code == 200
    Client().get(f"/api/v1/accounts/verify_credentials?access_token={token}")
    Client().get(f"/no/such/page?access_token={token}", headers=bearer)
    Client().post("/oauth/revoke", {**sent, "token": token})
    Client().post("/oauth/token", sent)  # the code a second time

    assert len(log_lines.all("request")) >= 8
    assert_silent_about(log_lines, code, token, app["client_secret"], "hush-a-state")


def test_a_job_that_fails_with_a_secret_in_its_error_tells_none(log_lines):
    logging.getLogger("jobs").warning("POST https://u:hush-word@x/y?access_token=hush-token&code=hush-code")
    try:
        raise ValueError("Authorization: Bearer hush-bearer, password='hush-password'")
    except ValueError:
        logging.getLogger("jobs").exception("It failed")

    assert "hush" not in log_lines.text
    assert "ValueError" in log_lines.text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("GET /x?code=abc&page=2", "GET /x?code=…&page=2"),
        ("Bearer abcdef", "Bearer …"),
        ("postgres://alice:hush@db/x", "postgres://alice:…@db/x"),
        ('{"password": "hush"}', '{"password": "…"}'),
        ("client_secret=hush;token=hush", "client_secret=…;token=…"),
        ("The status code: unknown", "The status code: …"),
        ("Job 12 (tweets.fan_out) failed, next in 4 s", "Job 12 (tweets.fan_out) failed, next in 4 s"),
        ("https://example.org:8000/about", "https://example.org:8000/about"),
    ],
)
def test_what_looks_like_a_secret_is_three_dots(said, told):
    assert without_secrets(said) == told


def assert_silent_about(log_lines, *secrets):
    assert log_lines.text
    for secret in secrets:
        assert len(secret) > 6
        assert secret not in log_lines.text
