"""The cache that several processes share without Redis."""

import threading
import time

import pytest
from django.db import connection

from common.cache import DatabaseJSONCache
from common.models import CacheRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def cache() -> DatabaseJSONCache:
    return DatabaseJSONCache("", {})


@pytest.mark.parametrize("value", ["text", 7, 1.5, None, True, [1, "two"], {"a": [1]}])
def test_what_was_kept_comes_back(cache, value):
    cache.set("k", value)
    assert cache.get("k", "missing") == value
    assert cache.has_key("k")


def test_nothing_is_pickled(cache):
    cache.set("k", {"a": 1})
    assert CacheRow.objects.get().value == '{"a": 1}'
    with pytest.raises(TypeError):
        cache.set("k", object())


def test_old_things_are_forgotten(cache):
    cache.set("k", 1, timeout=0.05)
    cache.set("for_ever", 1, timeout=None)
    time.sleep(0.06)
    assert cache.get("k") is None
    assert not cache.has_key("k")
    assert cache.add("k", 2)
    assert cache.get("for_ever") == 1


def test_add_keeps_the_first(cache):
    assert cache.add("k", 1)
    assert not cache.add("k", 2)
    assert cache.get("k") == 1


def test_delete_touch_and_clear(cache):
    cache.set("k", 1, timeout=10)
    assert cache.touch("k", 1000)
    assert CacheRow.objects.get().expires_at > time.time() + 500
    assert not cache.touch("nothing")
    assert cache.delete("k")
    assert not cache.delete("k")
    cache.set("a", 1)
    cache.clear()
    assert cache.get("a") is None


def test_adding_to_what_is_not_there(cache):
    with pytest.raises(ValueError, match="not found"):
        cache.incr("nothing")


def test_expired_rows_are_removed_along_the_way(cache, monkeypatch):
    monkeypatch.setattr("common.cache._CULL_EVERY", 2)
    cache.set("old", 1, timeout=-1)
    cache.set("new", 1)
    assert CacheRow.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_adding_at_the_same_moment_loses_nothing(cache):
    cache.set("k", 0)

    def add() -> None:
        for _ in range(10):
            cache.incr("k")
        connection.close()

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cache.get("k") == 40
