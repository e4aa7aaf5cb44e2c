"""The sign that changes whenever anything may have changed: in a file, in a real Redis, or nowhere."""

import os
import subprocess
import sys

import pytest
from django.core.cache import caches

from accounts.actions import suspend_user
from common import redis_cache, revision
from common.redis_line import Line
from jobs.engines.embedded import run_pending
from tests.factories import make_user
from tests.serving import ROOT
from tweets.actions import post_tweet
from tweets.draft import TweetDraft

BUMPING = "import django; django.setup(); from common import revision; revision.bump()"


@pytest.fixture
def in_file(settings, tmp_path):
    settings.SINGLE_PROCESS = True
    settings.DATA_DIR = tmp_path
    return tmp_path


def changed(act):
    before = revision.current()
    act()
    return revision.current() != before


def test_it_stays_until_something_happens(in_file):
    assert revision.current() == revision.current() is not None
    assert changed(revision.bump)


def test_what_another_process_does_is_seen(in_file, settings):
    """As the worker of bin/run."""
    variables = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "twitter_clone.settings.base",
        "SINGLE_PROCESS": "yes",
        "DATA_DIR": str(in_file),
        "DATABASE_URL": f"sqlite:///{in_file}/x",
    }
    assert changed(
        lambda: subprocess.run(
            [sys.executable, "-c", BUMPING], cwd=ROOT, env=variables, check=True, timeout=90
        )
    )


def test_several_processes_without_redis_have_none(settings):
    settings.SINGLE_PROCESS = False
    revision.bump()
    assert revision.current() is None


def test_what_is_offered_has_a_sign_of_its_own(in_file):
    anything, offered = revision.current(), revision.current(revision.OFFERED)
    revision.bump()
    assert revision.current(revision.OFFERED) == offered
    anything = revision.current()
    revision.bump(revision.OFFERED)
    assert revision.current(revision.OFFERED) not in (None, offered)
    assert revision.current() == anything


@pytest.mark.django_db
def test_of_several_processes_without_redis_each_asks_for_it_once_a_second(
    settings, monkeypatch, django_assert_num_queries
):
    settings.SINGLE_PROCESS = False
    settings.CACHES = {
        "default": {"BACKEND": "common.cache.DatabaseJSONCache", "LOCATION": "common_cacherow"}
    }
    now = 1000.0
    monkeypatch.setattr(revision.time, "monotonic", lambda: now)
    revision.forget()
    sign = revision.current(revision.OFFERED)
    assert sign is not None
    with django_assert_num_queries(0):
        assert revision.current(revision.OFFERED) == sign
    caches["default"].set(revision.OFFERED, "of another process", None)
    now += 1.5
    with django_assert_num_queries(1):
        assert revision.current(revision.OFFERED) == "of another process"
    revision.bump(revision.OFFERED)
    assert revision.current(revision.OFFERED) not in (sign, "of another process")
    revision.forget()


@pytest.mark.django_db
def test_who_is_suspended_changes_what_is_offered_and_who_posts_does_not(in_file, events_happen):
    alice, staff = make_user("alice"), make_user("staff", is_staff=True, is_superuser=True)
    offered = revision.current(revision.OFFERED)
    with events_happen():
        post_tweet(alice, TweetDraft("hello"))
    assert revision.current(revision.OFFERED) == offered
    with events_happen():
        suspend_user(staff, alice)
    assert revision.current(revision.OFFERED) != offered


def test_a_folder_that_is_not_ours_has_none(in_file, settings):
    settings.DATA_DIR = in_file / "missing"
    assert revision.current() is None
    revision.bump()


def test_in_redis_it_is_one_for_all_and_none_while_that_is_away(settings, redis, monkeypatch):
    line = Line(0.05)
    monkeypatch.setattr(redis_cache, "line", line)
    redis_cache._client.cache_clear()
    settings.REDIS_URL = redis.url
    settings.CACHES = {
        "default": {"BACKEND": "common.redis_cache.RedisJSONCache", "LOCATION": redis.url, "KEY_PREFIX": "x"}
    }
    assert revision.current() == revision.current() is not None
    assert changed(revision.bump)
    seen = revision.current()
    redis.stop()
    assert revision.current() is None
    revision.bump()
    redis.start()
    while line.is_away:
        revision.current()
    assert revision.current() not in (None, seen)
    caches["default"].clear()
    redis_cache._client.cache_clear()


@pytest.mark.django_db(transaction=True)
def test_whatever_is_announced_changes_it_and_so_does_every_job(in_file, django_assert_num_queries):
    alice = make_user("alice")
    assert changed(lambda: post_tweet(alice, TweetDraft("hello")))
    with django_assert_num_queries(0):
        assert changed(revision.bump)
    assert changed(run_pending)
