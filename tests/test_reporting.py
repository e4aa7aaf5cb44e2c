"""Errors for Sentry, spans for OpenTelemetry, received by a server of ours: what is in them, what is not."""

import gzip
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import brotli
import pytest

from tests.serving import ROOT, environment

SITE = {
    "SECRET_KEY": "a key for tests, long enough to satisfy every check of fifty",
    "ALLOWED_HOSTS": "example.org",
    "SITE_URL": "https://example.org",
    "EMAIL_HOST": "mail.example.org",
    "DJANGO_SETTINGS_MODULE": "twitter_clone.settings.base",
}
ONE_REQUEST = """
import django; django.setup()
from django.test import Client
cookies = {"HTTP_COOKIE": "__Host-session=hush-session", "HTTP_AUTHORIZATION": "Bearer hush-bearer"}
answer = Client().get("/robots.txt?token=hush-query", HTTP_HOST="example.org", secure=True,
                      REMOTE_ADDR="203.0.113.77", **cookies)
assert answer.status_code == 200
print(answer.headers["X-Request-Id"])
"""
ONE_ERROR = """
import logging
import django; django.setup()
import sentry_sdk
from common.watching.tally import Tally, counting
logging.getLogger("accounts").info("an address: hush@example.org")
with counting(Tally("abcdef0123456789")):
    try:
        password = "hush-variable"
        raise ValueError("It broke with access_token=hush-token at the end")
    except ValueError:
        logging.getLogger("tweets").exception("Failed for code=%s", "hush-code")
sentry_sdk.flush()
"""


class Receiver(ThreadingHTTPServer):
    """Keeps the paths and bodies of whatever is sent to it."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Keep)
        self.got = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def place(self):
        return f"127.0.0.1:{self.server_address[1]}"


class _Keep(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        unpack = {"gzip": gzip.decompress, "br": brotli.decompress}.get(
            self.headers.get("Content-Encoding", "")
        )
        body = unpack(body) if unpack else body
        self.server.got.append((self.path, body))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def receiver():
    server = Receiver()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def run(tmp_path):
    def running(program, **variables):
        return subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=environment(tmp_path, 0, **SITE, **variables) | {"PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            timeout=100,
        )

    return running


def test_an_error_reaches_sentry_without_anybodys_secrets(receiver, run):
    done = run(ONE_ERROR, SENTRY_DSN=f"http://key@{receiver.place}/7")

    assert done.returncode == 0, done.stderr
    ((path, body),) = receiver.got
    assert path == "/api/7/envelope/"
    event = json.loads(body.splitlines()[2])
    (error,) = event["exception"]["values"]
    assert (error["type"], error["value"]) == ("ValueError", "It broke with access_token=… at the end")
    assert error["stacktrace"]["frames"]
    assert event["tags"] == {"request_id": "abcdef0123456789"}
    assert event["logger"] == "tweets"
    assert event["logentry"] == {"message": "Failed for code=…"}
    assert b"hush" not in body.replace(b'password = \\"hush-variable\\"', b"")
    assert not {"request", "user", "breadcrumbs", "modules", "extra"} & set(event)


def test_a_collector_that_is_away_is_no_error_of_the_site(receiver, run):
    away = "http://127.0.0.1:9"  # where nobody listens
    done = run(
        f"{ONE_REQUEST}\nimport sentry_sdk; sentry_sdk.flush()",
        SENTRY_DSN=f"http://key@{receiver.place}/7",
        OTEL_EXPORTER_OTLP_ENDPOINT=away,
    )

    assert done.returncode == 0, done.stderr
    assert "Failed to export" in done.stderr
    assert "Transient" not in done.stderr
    assert receiver.got == []


def test_a_request_is_a_span_without_its_address(receiver, run):
    done = run(ONE_REQUEST, OTEL_EXPORTER_OTLP_ENDPOINT=f"http://{receiver.place}/")

    assert done.returncode == 0, done.stderr
    ((path, body),) = receiver.got
    assert path == "/v1/traces"
    for part in ("GET robots", "http.route", "example.org", "db.queries", done.stdout.strip()):
        assert part.encode() in body
    assert b"hush" not in body
    assert b"203.0.113.77" not in body


def test_without_variables_nothing_is_even_loaded(run):
    done = run(
        ONE_REQUEST
        + "import sys; print('sentry_sdk' in sys.modules, 'opentelemetry.exporter' in sys.modules)"
    )

    assert done.stdout.splitlines()[-1] == "False False", done.stderr


@pytest.mark.parametrize(
    ("variable", "value", "package"),
    [
        ("SENTRY_DSN", "https://key@sentry.example/7", "sentry_sdk"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318", "opentelemetry"),
    ],
)
def test_a_missing_package_is_a_sentence(run, variable, value, package):
    done = run(
        f"import sys; sys.modules['{package}'] = None; import django; django.setup()", **{variable: value}
    )

    assert done.returncode == 1
    assert (
        f"{variable} is set, but what it needs is not installed. Install it (" in done.stderr.splitlines()[-1]
    )
    assert "requirements/reporting.txt" in done.stderr


def test_an_address_that_is_none_is_a_sentence_without_it(run):
    done = run("import django; django.setup()", SENTRY_DSN="https://hush-key:@")

    assert done.returncode == 1
    assert "SENTRY_DSN is no address of a Sentry project." in done.stderr.splitlines()[-1]
    assert "hush-key" not in done.stderr
