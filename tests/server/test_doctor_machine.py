"""The doctor at the machine: mail, clock, disk, files, and switches left on."""

import socket
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from server.checks import State, Visit, clocks, databases, disk
from server.checks.clocks import look_at_clock
from server.checks.disk import look_at_disk
from server.checks.files import look_at_pictures, look_at_private_files
from server.checks.mails import look_at_mail
from server.checks.safety import look_at_safety
from tests.common.fake_clouds import BUCKET, KEY, SECRET, S3Handler, running
from tests.server.front_doors import Always, mail_server

SMTP = "django.core.mail.backends.smtp.EmailBackend"
FILES = "django.core.mail.backends.filebased.EmailBackend"
ME = Visit(mail_to="me@example.org")


@pytest.fixture
def post(settings):
    """A mail server that takes everything, and settings that lead to it."""
    with mail_server() as server:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", server.port
        settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 5
        yield server


def test_a_mail_is_handed_over(post, db):
    finding = look_at_mail(ME)
    assert finding.state == State.GOOD
    assert "Subject: A mail from" in post.taken[0]
    assert "To: me@example.org" in post.taken[0]
    assert "me@example.org" not in finding.found, "nobody's address is kept"


def test_without_a_name_no_mail_is_sent(post):
    assert look_at_mail(Visit()).state == State.IDLE
    assert post.taken == []


@pytest.mark.parametrize(
    ("replies", "words", "mend"),
    [
        ({"AUTH": "535 no such user"}, "535 no such user", "EMAIL_HOST_USER"),
        ({"MAIL": "553 not yours"}, "553 not yours", "DEFAULT_FROM_EMAIL"),
        ({"RCPT": "550 no relaying"}, "no mail for this address", "relay"),
        ({"DATA": "554 spam"}, "554 spam", "EMAIL_HOST"),
    ],
    ids=["password", "sender", "recipient", "content"],
)
def test_a_mail_server_that_refuses(post, settings, db, replies, words, mend):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "us", "secret word"
    post.replies |= {"AUTH": "235 yes", **replies}
    finding = look_at_mail(ME)
    assert finding.state == State.BAD
    assert words in finding.found
    assert mend in finding.mend
    assert "secret" not in finding.found + finding.mend


def test_a_mail_server_without_encryption(post, settings, db):
    settings.EMAIL_USE_TLS = True
    finding = look_at_mail(ME)
    assert finding.state == State.BAD
    assert "EMAIL_USE_TLS" in finding.mend


def test_no_mail_server_there(settings, db):
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port
    finding = look_at_mail(ME)
    assert finding.state == State.BAD
    assert "refused" in finding.found
    assert "firewall" in finding.mend


@pytest.mark.parametrize(("is_local", "state"), [(True, State.IDLE), (False, State.BAD)])
def test_mails_that_stay_here(settings, is_local, state):
    settings.EMAIL_BACKEND, settings.SITE_IS_LOCAL = FILES, is_local
    assert look_at_mail(ME).state == state


def test_clocks_that_agree(db, monkeypatch):
    monkeypatch.setattr(clocks, "is_kept", lambda: True)
    assert abs(clocks.database_is_ahead()) < 1.5
    assert look_at_clock(Visit()).state == State.GOOD


@pytest.mark.parametrize(
    ("seconds", "state", "words"),
    [
        (5, State.WARNING, "5 seconds ahead of"),
        (-600, State.BAD, "600 seconds behind"),
    ],
)
def test_clocks_that_differ(monkeypatch, seconds, state, words):
    monkeypatch.setattr(databases, "moment", lambda: timezone.now() + timedelta(seconds=seconds))
    finding = look_at_clock(Visit())
    assert finding.state == state
    assert words in finding.found
    assert "synchronisation" in finding.mend


def test_a_clock_that_nobody_keeps(db, monkeypatch):
    monkeypatch.setattr(clocks, "is_kept", lambda: False)
    assert look_at_clock(Visit()).state == State.WARNING


def test_the_system_is_asked_and_nothing_is_set():
    assert clocks.is_kept() in {True, False, None}


def test_room_on_the_disk(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(disk, "SCARCE_BYTES", 1)
    monkeypatch.setattr(disk, "LITTLE_BYTES", 2)
    monkeypatch.setattr(disk, "PLENTY_BYTES", 3)
    finding = look_at_disk(Visit())
    assert finding.state == State.GOOD
    assert str(tmp_path) in finding.found
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("least", "state"), [("SCARCE_BYTES", State.BAD), ("LITTLE_BYTES", State.WARNING)])
def test_little_room_on_the_disk(settings, tmp_path, monkeypatch, least, state):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(disk, "SCARCE_BYTES", 1)
    monkeypatch.setattr(disk, least, 2**62)
    finding = look_at_disk(Visit())
    assert finding.state == state
    assert "DATA_DIR" in finding.mend


@pytest.mark.parametrize("folder", ["/proc", "/nowhere/at/all"])
def test_a_data_folder_that_cannot_be_written_to(settings, folder):
    settings.DATA_DIR = Path(folder)
    finding = look_at_disk(Visit())
    assert finding.state == State.BAD
    assert f"{folder} cannot be written to" in finding.found


@pytest.fixture
def window(elsewhere, settings):
    """A front door that shows what is stored."""
    settings.SITE_URL, settings.SITE_IS_HTTPS = elsewhere.url("").rstrip("/"), False

    def show(request) -> None:
        with default_storage.open(request.path.removeprefix("/media/")) as file:
            body = file.read()
        request.send_response(200)
        request.send_header("Content-Type", "image/png")
        request.end_headers()
        request.wfile.write(body)

    elsewhere.answers = Always(show)
    return elsewhere


def stored(settings) -> list[str]:
    return [str(path) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_picture_goes_round(window, settings):
    assert look_at_pictures(Visit()).state == State.GOOD
    assert window.heard[0].path.startswith("/media/pictures/doctor/")
    assert stored(settings) == []


@pytest.mark.parametrize(
    ("status", "kind", "words"), [(404, "text/plain", "answers 404"), (200, "text/html", "something else")]
)
def test_a_picture_that_nobody_sees(window, settings, status, kind, words):
    def hide(request) -> None:
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.end_headers()

    window.answers = Always(hide)
    finding = look_at_pictures(Visit())
    assert finding.state == State.BAD
    assert words in finding.found
    assert "/media/" in finding.mend
    assert stored(settings) == []


def test_a_folder_of_pictures_that_cannot_be_written_to(settings):
    settings.MEDIA_ROOT = "/proc/nowhere"
    finding = look_at_pictures(Visit())
    assert finding.state == State.BAD
    assert "could not be kept" in finding.found


def test_pictures_in_a_bucket(settings):
    with running(S3Handler) as cloud:
        options = {
            "bucket_name": BUCKET, "access_key": KEY, "secret_key": SECRET, "endpoint_url": cloud.url,
            "region_name": "eu-central-1", "addressing_style": "path",
        }  # fmt: skip
        bucket = {"BACKEND": "common.storage.s3.S3Files", "OPTIONS": options}
        settings.STORAGES = {**settings.STORAGES, "default": bucket, "originals": bucket}
        settings.MEDIA_URL, settings.OUTSIDE_ALLOWS_LOOPBACK = f"{cloud.url}/{BUCKET}/", True
        assert look_at_private_files(Visit()).state == State.GOOD
        private = look_at_pictures(Visit())  # this bucket shows nothing to strangers
        assert private.state == State.BAD
        assert "answers 403" in private.found
        assert "AWS_DEFAULT_ACL" in private.mend
        assert cloud.files == {}
        cloud.broken = True
        assert look_at_private_files(Visit()).state == State.BAD


def test_a_private_file_goes_round(settings, tmp_path):
    local = {"BACKEND": "common.storage.local.LocalFiles", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "originals": local}
    assert look_at_private_files(Visit()).state == State.GOOD
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    settings.STORAGES = {
        **settings.STORAGES,
        "originals": {**local, "OPTIONS": {"location": "/proc/nowhere"}},
    }
    assert look_at_private_files(Visit()).state == State.BAD


@pytest.mark.parametrize(
    ("changes", "state", "words"),
    [
        ({}, State.GOOD, "off"),
        ({"DEBUG": True}, State.BAD, "DEBUG is on"),
        ({"OUTSIDE_ALLOWS_LOOPBACK": True}, State.BAD, "OUTSIDE_ALLOWS_LOOPBACK is on"),
        ({"RATE_LIMITS": False}, State.BAD, "guessed"),
        ({"OAUTH_PASSWORD_GRANT": True}, State.WARNING, "OAUTH_PASSWORD_GRANT"),
        ({"SECURE_SSL_REDIRECT": False}, State.WARNING, "SECURE_SSL_REDIRECT"),
        ({"SITE_IS_LOCAL": True, "DEBUG": True}, State.IDLE, "Only this machine"),
    ],
    ids=lambda value: "-".join(value) or "safe" if isinstance(value, dict) else "",
)
def test_switches_left_on(settings, changes, state, words):
    safe = {
        "SITE_IS_LOCAL": False, "SITE_IS_HTTPS": True, "SECURE_SSL_REDIRECT": True, "SECURE_HSTS_SECONDS": 10,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True, "SECURE_HSTS_PRELOAD": True, "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True, "EMAIL_HOST": "mail.example.org", "OAUTH_PASSWORD_GRANT": False,
    }  # fmt: skip
    for name, value in {**safe, **changes}.items():
        setattr(settings, name, value)
    finding = look_at_safety(Visit())
    assert (finding.state, words in finding.found) == (state, True), finding
