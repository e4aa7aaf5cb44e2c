"""A database that is away, locked or full: 503 or 507 with a sentence and a time to come back, never 500."""

import sqlite3
from contextlib import closing, contextmanager, suppress

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, InternalError, OperationalError, connection
from django.test import Client

from accounts.models import User
from common.models import CacheRow
from common.outages import AWAY, FULL, outage_of
from tests.factories import make_tweet
from timelines.models import HomeTimeline
from tweets.models import Tweet
from web.views import about as about_page
from web.views import feed as feed_page

SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="how SQLite locks and fills up")


class Refused(Exception):
    """As a driver says it."""

    def __init__(self, **said: object) -> None:
        self.__dict__.update(said)


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (OperationalError("server closed the connection"), AWAY),
        (caused(InternalError(), Refused(sqlstate="25006")), AWAY),
        (caused(SuspiciousOperation("session gone"), OperationalError("away")), AWAY),
        (caused(OperationalError(), Refused(sqlstate="53100")), FULL),
        (caused(OperationalError(), Refused(sqlite_errorcode=13)), FULL),
        (OSError(28, "No space left on device"), FULL),
        (OSError(2, "No such file"), None),
        (caused(IntegrityError(), Refused(sqlstate="23505")), None),
        (ValueError(), None),
        (None, None),
    ],
)
def test_what_is_the_matter(error, outage):
    assert outage_of(error) is outage


@pytest.fixture
def visitor(db) -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def away(monkeypatch):
    """The database fails in every view that asks it, and in nothing else."""

    def fail(*_: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(feed_page, "local", fail)
    monkeypatch.setattr(feed_page, "home", fail)
    monkeypatch.setattr(about_page, "render", fail)


def test_a_reader_gets_a_page_in_plain_words_that_asks_for_nothing(visitor, away, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = visitor.get("/?page=2")
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    page = answer.content.decode()
    assert "<h1>Back in a moment</h1>" in page
    assert "Nothing that was posted is lost" in page
    assert 'href="/?page=2">Try again' in page


def test_the_way_back_stays_on_this_site(visitor, away):
    assert 'href="//' not in visitor.get("//evil.example/", follow=False).content.decode()


def test_a_fragment_is_a_sentence(visitor, away):
    answer = visitor.get("/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert answer.content.decode() == AWAY.sentence


def test_a_program_gets_json(visitor, away):
    answer = visitor.get("/about/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (503, {"error": AWAY.sentence})


def test_the_page_comes_too_when_the_session_cannot_be_read(as_alice, monkeypatch):
    as_alice.raise_request_exception = False

    def fail(*_: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(SessionStore, "_get_session_from_db", fail)
    monkeypatch.setattr("django.core.cache.backends.locmem.LocMemCache.get", lambda *_, **__: None)
    answer = as_alice.get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_a_defect_of_ours_is_still_500(visitor, monkeypatch):
    monkeypatch.setattr(about_page, "render", lambda *_: 1 / 0)
    assert visitor.get("/about/").status_code == 500


@contextmanager
def somebody_writes_for_long():
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full():
    """SQLite may take no page more, as on a disk without room, and what was free is used up."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        try:
            for size in (4000, 1000, 200, 0):
                with suppress(OperationalError):
                    for number in range(5000):
                        CacheRow.objects.create(key=f"{size}:{number}", value="x" * size, expires_at=0)
            yield
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.fixture
def impatient(transactional_db):
    """Of a busy database nobody waits ten seconds in a test."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
        yield
        cursor.execute("PRAGMA busy_timeout = 10000")


@SQLITE
def test_a_long_writer_keeps_others_waiting_and_then_they_are_told(impatient, alice, as_alice):
    as_alice.raise_request_exception = False
    with somebody_writes_for_long():
        refused = as_alice.post("/create/", {"text": "Too early"})
        assert as_alice.get("/@alice").status_code == 200
    assert (refused.status_code, refused["Retry-After"]) == (503, "5")
    assert "nothing is posted twice" in refused.content.decode()
    assert not Tweet.objects.exists()
    assert as_alice.post("/create/", {"text": "Now"}).status_code == 302


@SQLITE
def test_nobody_can_log_in_while_a_writer_is_long_and_is_told_so(impatient, alice):
    alice.set_password("correct horse")
    alice.save()
    visitor = Client(raise_request_exception=False)
    with somebody_writes_for_long():
        refused = visitor.post("/login/", {"login": "alice", "password": "correct horse"})
    assert (refused.status_code, refused["Retry-After"]) == (503, "5")


@SQLITE
def test_a_full_disk_refuses_with_a_reason_and_lets_read(transactional_db, alice, as_alice):
    make_tweet(alice, "Before")
    as_alice.raise_request_exception = False
    with full():
        answers = [as_alice.post("/create/", {"text": f"{n} " + "word " * 50}) for n in range(20)]
        refused = [answer for answer in answers if answer.status_code != 302]
        assert refused, "the database did not fill up"
        assert {(answer.status_code, answer["Retry-After"]) for answer in refused} == {(507, "60")}
        assert "disk is full" in refused[0].content.decode()
        for page in ("/", "/@alice", "/bookmarks/", "/notifications/"):
            assert as_alice.get(page).status_code == 200, page
        assert Client().get("/").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchone()[0] == "ok"
    assert as_alice.post("/create/", {"text": "Room again"}).status_code == 302
    assert Tweet.objects.count() == 2 + len(answers) - len(refused)


@SQLITE
def test_reading_needs_no_writing_at_all(transactional_db, alice, as_alice):
    make_tweet(alice, "Before")
    as_alice.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            for page in (
                "/",
                "/local/",
                "/@alice",
                "/bookmarks/",
                "/notifications/",
                "/messages/",
                "/search/?q=x",
            ):
                assert as_alice.get(page).status_code == 200, page
            assert as_alice.post("/create/", {"text": "Cannot be kept"}).status_code == 503
        finally:
            cursor.execute("PRAGMA query_only = OFF")
    assert not HomeTimeline.objects.exists()
    assert as_alice.get("/").status_code == 200
    assert HomeTimeline.objects.filter(owner=alice, is_filled=True).exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="how PostgreSQL says that its disk is full")
def test_a_full_disk_of_postgresql_is_told_too(alice, as_alice):
    as_alice.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("""CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE 'could not extend file' USING ERRCODE = '53100'; END $$""")
        cursor.execute("""CREATE TRIGGER no_room BEFORE INSERT ON tweets_tweet
            FOR EACH ROW EXECUTE FUNCTION no_room()""")
    answer = as_alice.post("/create/", {"text": "No room"})
    assert (answer.status_code, answer["Retry-After"]) == (507, "60")
    assert User.objects.filter(pk=alice.pk).exists()
