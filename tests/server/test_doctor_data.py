"""The doctor at database, workers and cache; PostgreSQL's own are in tests/postgres/test_doctor.py."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from jobs import clock
from jobs.engines.embedded import run_pending
from jobs.models import Clock, Job
from server import probes
from server.checks import State, Visit, workers
from server.checks.databases import (
    look_at_database,
    look_at_database_settings,
    look_at_migrations,
    look_at_pooler,
    look_at_replicas,
)
from server.checks.workers import look_at_cache, look_at_jobs, look_at_workers
from server.models import Probe
from twitter_clone.schedule import SCHEDULE

pytestmark = pytest.mark.django_db
NOBODY = Visit()
needs_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="pragmas are SQLite's")


@pytest.fixture(autouse=True)
def _little_patience(monkeypatch):
    monkeypatch.setattr(workers, "PATIENCE_SECONDS", 0.05)


def test_a_database_that_we_know():
    finding = look_at_database(NOBODY)
    assert finding.state == State.GOOD
    assert "answers" in finding.found


def test_a_database_that_is_too_old(monkeypatch):
    monkeypatch.setattr(connection.features, "minimum_database_version", (99, 1))
    finding = look_at_database(NOBODY)
    assert finding.state == State.BAD
    assert "99.1 or a newer one" in finding.mend


@needs_sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("pragma", "words"),
    [
        ("foreign_keys=OFF", "foreign_keys off"),
        ("busy_timeout=10", "busy_timeout 10 ms"),
        ("synchronous=OFF", "a power cut"),
        ("journal_mode=DELETE", "wait for each other"),
    ],
)
def test_pragmas(pragma, words):
    def ask(sql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    ask("PRAGMA synchronous=FULL")  # tests do without
    assert look_at_database_settings(NOBODY).state == State.GOOD
    ask(f"PRAGMA {pragma}")
    try:
        finding = look_at_database_settings(NOBODY)
    finally:
        ask("PRAGMA journal_mode=WAL")
        connection.close()
    assert finding.state == State.BAD
    assert words in finding.found
    assert finding.mend


def test_all_migrations_are_there():
    assert look_at_migrations(NOBODY).state == State.GOOD


def test_a_pending_migration():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'server' AND name LIKE '0004%'")
    finding = look_at_migrations(NOBODY)
    assert finding.state == State.BAD
    assert "1 are pending: server 0004_announcement_reactions" in finding.found


def test_tables_of_newer_code():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('tweets', '9999_later', %s)",
            [timezone.now()],
        )
    finding = look_at_migrations(NOBODY)
    assert finding.state == State.WARNING
    assert "tweets 9999_later" in finding.found


def test_no_copies_and_no_pooler():
    assert look_at_replicas(NOBODY).state == State.IDLE
    assert look_at_pooler(NOBODY).state == (State.GOOD if connection.vendor == "postgresql" else State.IDLE)


def test_a_worker_that_works():
    clock.tick()
    with probes.asked() as probe:
        run_pending()
        finding = look_at_workers(Visit(probe_id=probe.pk))
    assert finding.state == State.GOOD
    assert "on this machine" in finding.found
    assert not Probe.objects.exists()


def test_no_worker_ever():
    with probes.asked() as probe:
        finding = look_at_workers(Visit(probe_id=probe.pk))
    assert finding.state == State.BAD
    assert "there ever" in finding.found
    assert "bin/worker" in finding.mend
    assert not Probe.objects.exists()
    run_pending()  # whoever comes late finds nobody waiting, and fails at nothing


def test_no_worker_any_more():
    clock.tick()
    for every in SCHEDULE:
        long_ago = timezone.now() - timedelta(minutes=30) + timedelta(seconds=every.seconds)
        Clock.objects.filter(name=every.name).update(next_at=long_ago)
    finding = look_at_workers(NOBODY)
    assert finding.state == State.BAD
    assert "for 30 minutes" in finding.found


def test_a_worker_that_is_busy():
    clock.tick()
    assert look_at_workers(NOBODY).state == State.WARNING


def test_a_worker_without_a_clock():
    with probes.asked() as probe:
        run_pending()
        finding = look_at_workers(Visit(probe_id=probe.pk))
    assert finding.state == State.BAD
    assert "none keeps the clock" in finding.found


def test_jobs_that_are_done():
    Job.objects.create(task="x", run_at=timezone.now() + timedelta(hours=1))
    finding = look_at_jobs(NOBODY)
    assert finding.state == State.GOOD
    assert "1 wait for their hour" in finding.found


@pytest.mark.parametrize(("minutes", "state"), [(2, State.WARNING), (30, State.BAD)])
def test_jobs_that_pile_up(minutes, state):
    Job.objects.create(task="x", queue="media", run_at=timezone.now() - timedelta(minutes=minutes))
    finding = look_at_jobs(NOBODY)
    assert finding.state == state
    assert "1 jobs of “media” wait" in finding.found


def test_jobs_that_failed():
    Job.objects.create(task="tweets.reactions.show_new", state=Job.State.DEAD)
    finding = look_at_jobs(NOBODY)
    assert finding.state == State.WARNING
    assert "tweets.reactions.show_new" in finding.found


def test_tweets_that_rules_did_not_look_at_are_told_of_also_among_other_failures():
    for task in ["tweets.reactions.show_new"] * 2 + ["moderation.reactions.look_at_tweet"]:
        Job.objects.create(task=task, state=Job.State.DEAD)
    found = look_at_jobs(NOBODY).found
    assert "3 failed and were put aside, most of them tweets.reactions.show_new." in found
    assert "1 of moderation.reactions.look_at_tweet: Others were told of a tweet" in found


TABLE = {"BACKEND": "common.cache.DatabaseJSONCache", "LOCATION": "common_cacherow"}
MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "another process"}


def test_the_cache_of_one_process():
    assert "memory of the one process" in look_at_cache(NOBODY).found
    assert look_at_cache(NOBODY).state == State.GOOD


def test_several_that_take_themselves_for_the_only_one():
    finding = look_at_cache(Visit(client="203.0.113.9", is_one_of_several=True))
    assert finding.state == State.BAD
    assert "WEB_CONCURRENCY=1" in finding.mend


@pytest.fixture
def several_processes(settings):
    settings.SINGLE_PROCESS = False
    settings.CACHES = {"default": TABLE}
    return settings


def test_a_cache_that_all_share(several_processes):
    with probes.asked() as probe:
        run_pending()
        finding = look_at_cache(Visit(probe_id=probe.pk))
    assert finding.state == State.GOOD
    assert "table of the database" in finding.found


@pytest.fixture
def answered_alone(several_processes):
    """A worker of a site that is one process has answered."""
    with probes.asked() as probe:
        several_processes.SINGLE_PROCESS, several_processes.CACHES = True, {"default": MEMORY}
        run_pending()
        several_processes.SINGLE_PROCESS, several_processes.CACHES = False, {"default": TABLE}
        yield probe


def test_a_command_beside_the_one_process(answered_alone):
    assert look_at_cache(Visit(probe_id=answered_alone.pk)).state == State.GOOD


def test_a_worker_with_a_cache_of_its_own(answered_alone):
    finding = look_at_cache(Visit(probe_id=answered_alone.pk, client="203.0.113.9"))
    assert finding.state == State.BAD
    assert "does not find there" in finding.found
    assert "SINGLE_PROCESS" in finding.mend


def test_a_redis_that_is_away(several_processes, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    settings.CACHES = {
        "default": {
            "BACKEND": "common.redis_cache.RedisJSONCache", "LOCATION": settings.REDIS_URL, "KEY_PREFIX": "x",
        }
    }  # fmt: skip
    with probes.asked() as probe:
        run_pending()
        finding = look_at_cache(Visit(probe_id=probe.pk))
    assert finding.state == State.BAD
    assert "Redis runs" in finding.mend


def test_nobody_to_compare_the_cache_with(several_processes):
    with probes.asked() as probe:
        assert look_at_cache(Visit(probe_id=probe.pk)).state == State.WARNING
    assert cache.get(f"doctor:{probe.pk}:answered") is None
