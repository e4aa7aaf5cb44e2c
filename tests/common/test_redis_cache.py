"""The cache in Redis: what it keeps, and what it does while a real Redis is stopped, hangs and comes back."""

import contextlib
import logging
import os
import signal
import socket
import threading
import time

import pytest
import redis as client_library

from common.redis_cache import RedisJSONCache, _Client
from common.redis_line import Away, Line

PAUSE = 0.2


@pytest.fixture
def line() -> Line:
    return Line(PAUSE)


@pytest.fixture
def cache(redis, line, monkeypatch) -> RedisJSONCache:
    client = _Client([redis.url], "site:", line)
    monkeypatch.setattr("common.redis_cache._client", lambda server, prefix: client)
    return RedisJSONCache(redis.url, {"KEY_PREFIX": "site"})


@pytest.fixture
def inside(redis) -> client_library.Redis:
    """What is really in there."""
    return client_library.Redis.from_url(redis.url, single_connection_client=True)


@contextlib.contextmanager
def out_of_reach(inside):
    """Redis goes on, and remembers; nobody but this connection gets to it."""
    inside.config_set("requirepass", "changed")
    inside.client_kill_filter(_type="normal", skipme=True)
    try:
        yield
    finally:
        inside.config_set("requirepass", "")


def wait_for(is_so):
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end, "it never came so far"
        time.sleep(0.02)


@pytest.mark.parametrize("value", ["text", 7, -1, 1.5, True, [1, "two"], {"a": [1, None]}])
def test_what_was_kept_comes_back(cache, value):
    cache.set("k", value)
    assert cache.get("k", "missing") == value
    assert type(cache.get("k")) is type(value)
    assert cache.get_many(["k", "other"]) == {"k": value}
    assert cache.has_key("k")


def test_nothing_is_pickled(cache, inside):
    cache.set("k", {"a": 1})
    assert inside.get("site:1:k") == b'{"a": 1}'
    with pytest.raises(TypeError):
        cache.set("k", object())


def test_old_things_are_forgotten(cache):
    cache.set("k", 1, timeout=1)
    cache.set("for_ever", 1, timeout=None)
    assert cache.touch("for_ever", 60)
    wait_for(lambda: cache.get("k") is None)
    assert cache.get("for_ever") == 1


def test_numbers_are_counted_and_things_removed(cache):
    cache.set_many({"a": 1, "b": 2, "c": 3})
    assert cache.incr("a") == 2
    assert cache.decr("a", 2) == 0
    with pytest.raises(ValueError):
        cache.incr("nothing")
    assert cache.add("d", 1)
    assert not cache.add("d", 2)
    assert cache.delete("d")
    assert not cache.delete("d")
    cache.delete_many(["a", "b"])
    assert cache.get_many(["a", "b", "c"]) == {"c": 3}


def test_clearing_leaves_alone_what_others_keep_in_the_same_redis(cache, inside):
    inside.set("celery", "a job")
    inside.set("sitemap:1:k", "of another site")
    cache.set("k", 1)
    cache.clear()
    assert cache.get("k") is None
    assert set(inside.keys()) == {b"celery", b"sitemap:1:k"}


def test_while_redis_is_away_nothing_is_found_and_nothing_fails(cache, redis, caplog):
    cache.set("k", 1)
    redis.stop()
    with caplog.at_level(logging.ERROR):
        assert cache.get("k", "default") == "default"
        assert cache.get_many(["k"]) == {}
        assert not cache.has_key("k")
        assert not cache.add("k", 1)
        cache.set("k", 2)
        cache.set_many({"k": 2})
        assert not cache.touch("k", 5)
        assert not cache.delete("k")
        cache.delete_many(["k"])
        assert cache.get_or_set("k", lambda: 5) == 5
        with pytest.raises(ValueError):
            cache.incr("k")
    assert [record.message for record in caplog.records] == [
        "Redis does not answer (ConnectionError); going on without."
    ]


def test_it_heals_by_itself(cache, redis):
    redis.stop()
    assert cache.get("k") is None
    redis.start()
    wait_for(lambda: cache.set("k", 1) or cache.get("k") == 1)


def test_a_restart_that_nobody_noticed_costs_nothing(cache, redis, line):
    cache.set("k", 1)
    redis.stop()
    redis.start()
    assert cache.get("k") is None
    cache.set("k", 2)
    assert cache.get("k") == 2
    assert not line.is_away


def test_what_was_removed_during_an_outage_is_gone_when_redis_remembers(cache, inside):
    """As a session that somebody ended: the network was away, Redis was not."""
    cache.set("ended", 1)
    cache.set("changed", 1)
    cache.set("other", 1)
    with out_of_reach(inside):
        cache.delete("ended")
        cache.set("changed", 2)
    assert inside.get("site:1:ended") == b"1"
    wait_for(lambda: cache.get("other") == 1)
    assert cache.get("ended") is None
    assert cache.get("changed") is None


def test_after_too_many_changes_everything_is_gone(cache, inside, monkeypatch):
    monkeypatch.setattr("common.redis_cache._REMEMBERED", 3)
    inside.set("celery", "a job")
    cache.set_many({"a": 1, "b": 1, "untouched": 1})
    with out_of_reach(inside):
        cache.delete_many([*"abcde"])
    wait_for(lambda: cache.set("new", 1) or cache.get("new") == 1)
    assert cache.get("untouched") is None
    assert inside.get("celery") == b"a job"


def test_a_redis_that_hangs_costs_one_of_many_requests_its_patience(cache, redis):
    cache.get("k")
    os.kill(redis.pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        for _ in range(50):
            assert cache.get("k") is None
        assert time.monotonic() - began < 10 * 0.5  # and not 50 times
    finally:
        os.kill(redis.pid, signal.SIGCONT)


def test_during_an_outage_only_one_looks_whether_it_is_over():
    line, asked, going = Line(0.0001), [], threading.Event()

    def fails():
        raise client_library.ConnectionError

    with pytest.raises(Away):
        line.ask(fails)
    slow = Line(60)
    with pytest.raises(Away):
        slow.ask(fails)
    with pytest.raises(Away):
        slow.ask(lambda: asked.append(1))
    assert asked == []
    time.sleep(0.001)
    line._pause_seconds = 60
    looking = threading.Thread(target=lambda: line.ask(going.wait))
    looking.start()
    wait_for(lambda: line._next_try_at > time.monotonic() + 1)
    with pytest.raises(Away):
        line.ask(lambda: asked.append(1))
    going.set()
    looking.join()
    assert not line.is_away
    line.ask(lambda: asked.append(2))
    assert asked == [2]


def test_whoever_listens_on_the_port_without_speaking_is_no_redis(line):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        client = _Client([f"redis://127.0.0.1:{mute.getsockname()[1]}/0"], "site:", line)
        began = time.monotonic()
        assert client.get("k", "default") == "default"
        assert time.monotonic() - began < 5
