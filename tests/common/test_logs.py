"""What strangers send wrongly is one line in the log; what we do wrong keeps its traceback."""

import io
import logging

import pytest
from django.test import Client

from common.logs import OneLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def log():
    """What the console of the real configuration is told."""
    (console,) = [
        handler
        for handler in logging.getLogger().handlers
        if any(isinstance(each, OneLine) for each in handler.filters)
    ]
    written = io.StringIO()
    before = console.setStream(written)
    yield written
    console.setStream(before)


def test_a_foreign_host_is_one_line(client, log):
    assert client.get("/", HTTP_HOST="evil.example").status_code == 400
    assert_one_line(log, "evil.example")


def test_a_broken_form_is_one_line(as_alice, log):
    answer = as_alice.post("/create/", b"x", content_type="multipart/form-data; boundary=é")
    assert answer.status_code == 400
    assert_one_line(log, "/create/")


def test_too_many_fields_are_one_line(settings, log):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5
    strict = Client(enforce_csrf_checks=True)
    strict.get("/login/")
    assert strict.post("/login/", {f"f{n}": n for n in range(9)}).status_code == 413
    assert "Traceback" not in log.getvalue()
    assert log.getvalue().count("\n") == 1


def test_a_knock_at_the_staff_door_is_one_line(as_alice, log):
    assert as_alice.get("/admin/", follow=True).status_code == 403
    assert_one_line(log, "/admin/")


def test_a_line_break_of_a_stranger_makes_no_second_line(log):
    logging.getLogger("django.security.Made").error("first\nsecond")
    assert_one_line(log, "first second")


def test_our_own_failures_keep_their_traceback(client, log, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("our own fault")

    monkeypatch.setattr("web.views.about.side_column", broken)
    client.raise_request_exception = False
    assert client.get("/about/").status_code == 500
    assert "Traceback" in log.getvalue()
    assert "our own fault" in log.getvalue()


def assert_one_line(log, part):
    said = log.getvalue()
    assert part in said
    assert said.count("\n") == 1, said
