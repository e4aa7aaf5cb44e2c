"""So many in so long: the same rules in memory, in the table and in a real Redis, which is also stopped."""

import threading
import time

import pytest
import time_machine
from django.db import connection

from common import rates
from common.errors import NotNow, TooMany
from common.models import CacheRow
from common.rate_windows import MemoryWindows, TableWindows
from common.redis_line import Line

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _numbers(settings):
    settings.RATES_WAY_IN = {"login": "3/minute", "sign_up": "2/minute; 3/hour"}
    settings.RATES_DEEDS = {"tweets": "3/minute"}
    settings.RATES_READING = {"api": "3/5 minutes", "search": "3/minute"}


@pytest.fixture(params=["memory", "table", "redis"])
def store(request, settings, monkeypatch):
    """Where it is counted."""
    settings.SINGLE_PROCESS = request.param == "memory"
    if request.param == "redis":
        request.getfixturevalue("in_redis")
    return request.param


@pytest.fixture
def in_redis(settings, redis, monkeypatch):
    settings.REDIS_URL = redis.url
    settings.SINGLE_PROCESS = False
    monkeypatch.setattr(rates, "line", Line(0.1))
    rates._redis.cache_clear()
    yield redis
    rates._redis.cache_clear()


def refused(rate="tweets", key="1"):
    """After how many seconds one more would be allowed; 0 when it was."""
    try:
        rates.check(rate, key)
    except TooMany as error:
        return error.retry_after_seconds
    return 0


def test_so_many_and_no_more(store):
    assert [refused() for _ in range(3)] == [0, 0, 0]
    assert 55 <= refused() <= 61


def test_everybody_is_counted_apart(store):
    for _ in range(3):
        refused(key="1")
    assert refused(key="2") == 0
    assert refused("search", key="1") == 0


def test_what_was_refused_does_not_count(store):
    for _ in range(9):
        refused()
    rates.give_back("tweets", "1")
    assert refused() == 0
    assert refused() > 0


def test_several_numbers_hold_together(store):
    assert [refused("sign_up", "a") for _ in range(3)][:2] == [0, 0]
    assert 50 < refused("sign_up", "a") <= 61


def test_what_one_number_refuses_counts_for_no_other(store, settings):
    """Of several numbers of a rate, and of several rates that are asked together."""
    settings.RATES_WAY_IN = {"sign_up": "3/minute; 1/hour", "login": "2/minute"}
    both = [("login", "a", ""), ("sign_up", "a", "")]
    assert refused("sign_up", "a") == 0
    for _ in range(4):
        with pytest.raises(TooMany):
            rates.check_each(both)
    rates.forget("sign_up", "a")
    rates.check_each(both)
    rates.forget("sign_up", "a")
    rates.check_each(both)
    assert refused("login", "a") > 0


def test_one_can_begin_anew(store):
    for _ in range(3):
        refused("login", "alice")
    assert refused("login", "alice")
    rates.forget("login", "alice")
    assert refused("login", "alice") == 0


def test_nothing_that_people_typed_is_kept(store, request):
    refused("login", "alice@example.org")
    if store == "redis":
        server = rates._redis().get_connection()
        assert "alice" not in str(server.keys())
    else:
        kept = [*CacheRow.objects.values_list("key", flat=True), str(rates._memory()._kept)]
        assert kept
        assert "alice" not in str(kept)


@pytest.mark.parametrize("name", ["memory", "table"])
def test_the_window_moves(settings, name):
    settings.SINGLE_PROCESS = name == "memory"
    with time_machine.travel("2026-11-22T10:00:00Z", tick=False) as clock:
        refused()
        clock.shift(30)
        refused()
        refused()
        assert refused() == 31
        clock.shift(31)
        assert refused() == 0
        assert refused() == 30
        clock.shift(60)
        assert [refused() for _ in range(3)] == [0, 0, 0]


def test_a_sentence_of_ones_own(store):
    for _ in range(3):
        refused()
    with pytest.raises(TooMany, match=r"^Slow down\.$"):
        rates.check("tweets", "1", "Slow down.")
    with pytest.raises(TooMany, match=r"Wait a minute, then go on"):
        rates.check("tweets", "1")


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "a minute"), (90, "a minute"), (91, "2 minutes"), (5400, "90 minutes"),
                           (5401, "2 hours"), (86400, "24 hours")],
)  # fmt: skip
def test_waiting_in_words(seconds, words):
    assert rates.in_words(seconds) == words


def test_what_every_request_costs_is_told_with_what_is_left(store):
    with time_machine.travel("2026-11-22T10:01:00Z", tick=False):
        seen = [rates.tally("api", "1") for _ in range(4)]
        now = time.time()
    assert [one.remaining for one in seen] == [2, 1, 0, -1]
    assert [one.is_exceeded for one in seen] == [False, False, False, True]
    assert {(one.limit, one.resets_at) for one in seen} == {(3, now + 240)}
    with time_machine.travel("2026-11-22T10:05:01Z", tick=False):
        assert rates.tally("api", "1").remaining == 2


def test_reading_asks_the_database_nothing(settings, django_assert_num_queries):
    settings.SINGLE_PROCESS = False
    with django_assert_num_queries(0):
        rates.tally("api", "1")
        rates.check("search", "1")


def test_two_processes_share_the_table(settings):
    """Each with an object of its own, as in two processes."""
    first, second = TableWindows(), TableWindows()
    assert [store.acquire_entry("k", 3, 60) for store in (first, second, first, second)] == [
        True, True, True, False,
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_no_more_than_there_is(store, request):
    barrier, seen = threading.Barrier(8), []

    def try_it():
        barrier.wait()
        seen.append(refused())
        connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 8
    assert seen.count(0) == 3


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr("common.rate_windows._KEYS_KEPT", 10)
    store = MemoryWindows()
    for number in range(100):
        store.acquire_entry(str(number), 3, 60)
    assert store.reset() == 10


def test_memory_forgets_what_is_over():
    store = MemoryWindows()
    with time_machine.travel("2026-11-22T10:00:00Z", tick=False) as clock:
        for number in range(10):
            store.incr(str(number), 60)
        clock.shift(61)
        for _ in range(10):
            store.incr("another", 60)
        assert store.reset() == 1


# --- Who is counted -------------------------------------------------------------------------------


def test_an_address_that_is_allowed_for_is_not_counted(settings):
    assert rates.applies_to("10.1.2.3")
    settings.RATE_LIMITS_ALLOW = ["10.0.0.0/8", "2001:db8::1"]
    assert not rates.applies_to("10.1.2.3")
    assert not rates.applies_to("2001:db8::1")
    assert rates.applies_to("11.1.2.3")
    assert rates.applies_to("")


def test_everything_can_be_switched_off(settings):
    settings.RATE_LIMITS = False
    assert not rates.applies_to("203.0.113.7")


def test_a_household_is_one_address():
    assert rates.address_key("2001:db8:1:2:3::4") == rates.address_key("2001:db8:1:2::9") == "2001:db8:1:2::"
    assert rates.address_key("2001:db8:1:3::4") != rates.address_key("2001:db8:1:2::4")
    assert rates.address_key("203.0.113.7") == "203.0.113.7"
    assert rates.address_key("") == "unknown"


# --- Redis away -----------------------------------------------------------------------------------


def test_while_redis_is_away_nobody_gets_in(in_redis):
    in_redis.stop()
    with pytest.raises(NotNow, match="cannot count attempts just now") as refusal:
        rates.check("login", "203.0.113.7")
    assert refusal.value.retry_after_seconds > 0


def test_while_redis_is_away_deeds_are_counted_by_each_process(in_redis):
    in_redis.stop()
    assert [refused() for _ in range(3)] == [0, 0, 0]
    assert refused() > 0
    assert [rates.tally("api", "1").remaining for _ in range(2)] == [2, 1]
    rates.give_back("tweets", "1")
    rates.forget("tweets", "1")
    assert refused() == 0


def test_when_redis_is_back_it_counts_again(in_redis):
    in_redis.stop()
    with pytest.raises(NotNow):
        rates.check("login", "a")
    in_redis.start()
    time.sleep(0.11)
    rates.check("login", "a")
    assert rates._redis().get_connection().keys("*login*")
