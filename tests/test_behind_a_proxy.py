"""A proxy that ends TLS stands in front: what it says of the way counts where it was named, nowhere else."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from django.test import Client
from websockets.sync.client import connect

from tests.serving import ROOT, RunningServer, environment

HOST = "chirp.example"
THROUGH = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
SITE = {"SITE_URL": f"https://{HOST}", "TRUSTED_PROXIES": "1"}


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("site")
    running = RunningServer(folder, variables=SITE, first_page="/healthz").start()
    yield running
    running.stop()


def manage(server, *arguments: str) -> str:
    """A command beside the running server."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(server.data, server.port, **SITE),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def token(server) -> str:
    manage(
        server, "create_user", "alice", "--email", "alice@example.org", "--password", "correct horse battery"
    )
    return manage(server, "create_token", "alice", "--scopes", "read write")


def test_pages_and_cookies_are_for_https_alone(server):
    page = server.get("/login/", **THROUGH)
    assert page.status == 200
    assert "max-age=" in page.headers["strict-transport-security"]
    cookies = [value for name, value in page.headers.items() if name.lower() == "set-cookie"]
    assert cookies
    assert all("secure" in cookie.lower() for cookie in cookies)


def test_the_documents_say_https_and_wss(server):
    document = json.loads(server.get("/api/v2/instance", **THROUGH).text)
    assert document["configuration"]["urls"]["streaming"] == f"wss://{HOST}"
    older = json.loads(server.get("/api/v1/instance", **THROUGH).text)
    assert older["urls"]["streaming_api"] == f"wss://{HOST}"
    found = json.loads(server.get("/.well-known/oauth-authorization-server", **THROUGH).text)
    assert found["token_endpoint"] == f"https://{HOST}/oauth/token"


def test_who_comes_without_tls_is_led_to_it(server):
    for headers in ({"Host": HOST}, {**THROUGH, "X-Forwarded-Proto": "http"}):
        request = urllib.request.Request(f"http://127.0.0.1:{server.port}/login/", headers=headers)
        opener = urllib.request.build_opener(_Stay)
        with pytest.raises(urllib.error.HTTPError) as answer:
            opener.open(request, timeout=10)
        assert (answer.value.code, answer.value.headers["Location"]) == (301, f"https://{HOST}/login/")


def test_an_app_gets_in_with_a_token_made_while_the_server_runs(server, token):
    authorized = {**THROUGH, "Authorization": f"Bearer {token}"}
    found = json.loads(server.get("/api/v1/accounts/verify_credentials", **authorized).text)
    assert (found["acct"], found["url"]) == ("alice", f"https://{HOST}/@alice")


def test_streams_open_through_the_proxy(server, token):
    address = f"ws://127.0.0.1:{server.port}/api/v1/streaming?stream=user"
    headers = {**THROUGH, "Authorization": f"Bearer {token}"}
    del headers["Host"]
    with connect(address, additional_headers=headers) as line:
        line.send(json.dumps({"type": "subscribe", "stream": "nonsense"}))
        assert json.loads(line.recv(timeout=30)) == {"error": "Unknown stream type", "status": 400}


def test_nobody_is_believed_where_no_proxy_was_named():
    """These tests name none."""
    asked = Client(HTTP_X_FORWARDED_PROTO="https").get("/login/")
    assert asked.wsgi_request.is_secure() is False


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *given):
        return None
