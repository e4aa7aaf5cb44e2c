"""So many in so long: every pace limit of the house, by the numbers of settings/product.py.

Doors ask, and know whom to count by: a person, an address, a name that somebody wants to get in by. What they
count together is one number for all processes: in Redis, or in the memory of the only process; of several
without Redis in the shared table, but for what is only read, which each of them counts for itself.

While Redis is away each process counts for itself. What lets people in (RATES_WAY_IN) is refused then:
whoever guesses passwords would otherwise have as many tries as there are processes, and more after each
outage.
"""

import hashlib
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from limits import RateLimitItem, parse_many
from limits.storage import MovingWindowSupport, RedisStorage

from common.errors import NotNow, TooMany
from common.rate_windows import MemoryWindows, TableWindows
from common.redis_line import Away, line, options

_IPV6_OF_ONE = 64  # leading bits that tell one household from another
_A_LOT = "That was a lot in a short time."
_UNSAFE = (
    "The server cannot count attempts just now, so nobody can get in or change a password for a moment."
    " Whoever is logged in stays so. Try again in a minute."
)
_UNSAFE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of a rate is used. `resets_at` in seconds since 1970; `remaining` below 0 is too many."""

    limit: int
    remaining: int
    resets_at: int

    @property
    def is_exceeded(self) -> bool:
        return self.remaining < 0

    @property
    def wait_seconds(self) -> int:
        return max(self.resets_at - int(time.time()), 1)


def applies_to(address: str) -> bool:
    """Whether what comes from there is counted: not with RATE_LIMITS=off, nor from RATE_LIMITS_ALLOW."""
    if not settings.RATE_LIMITS:
        return False
    if not settings.RATE_LIMITS_ALLOW:
        return True
    try:
        found = ip_address(address)
    except ValueError:
        return True
    return not any(found in ip_network(network) for network in settings.RATE_LIMITS_ALLOW)


def address_key(address: str) -> str:
    """What one household or machine is counted by."""
    try:
        found = ip_address(address)
    except ValueError:  # a server behind a Unix socket may find nothing
        return "unknown"
    if isinstance(found, IPv6Address):
        return str(ip_network((found, _IPV6_OF_ONE), strict=False).network_address)
    return str(found)


def check(rate: str, key: str, sentence: str = "", *, cost: int = 1) -> None:
    """Count one more of this kind for whoever the key names, or `cost` more.

    Raises TooMany, with the seconds until it would be allowed and how much is, and counts nothing then;
    NotNow for a way in while Redis is away.
    """
    check_each([(rate, key, sentence)], cost=cost)


def check_each(asked: Iterable[tuple[str, str, str]], *, cost: int = 1) -> None:
    """The same for several, each a rate, a key and a sentence: it counts for all of them or for none."""
    counted: list[tuple[str, str, int]] = []
    for rate, key, sentence in asked:
        for item in _items(rate):
            name = _name(item, rate, key)
            wait = _waiting(rate, item, name, cost)
            if wait is not None:
                for window in counted * cost:
                    _give_back(*window)
                too_much = f"{_A_LOT} Wait {in_words(wait)}, then go on."
                raise TooMany(sentence or too_much, wait, item.amount)
            counted.append((rate, name, item.get_expiry()))


def give_back(rate: str, key: str) -> None:
    """The last one was none of those that are counted: a password that was right."""
    for item in _items(rate):
        _give_back(rate, _name(item, rate, key), item.get_expiry())


def forget(rate: str, key: str) -> None:
    """Begin anew with whoever the key names."""
    for item in _items(rate):
        name = _name(item, rate, key)
        _memory().clear(name)
        if settings.REDIS_URL:
            with suppress(Away):
                line.ask(partial(_redis().clear, name))
        elif not settings.SINGLE_PROCESS:
            _table().clear(name)


def tally(rate: str, key: str) -> Standing:
    """Count one more, in windows of the clock, and tell how much is left: for what every request costs.

    One question to Redis at most, never to the database, and never an error.
    """
    (item,) = _items(rate)
    seconds = item.get_expiry()
    window = int(time.time() // seconds)
    name = f"{_name(item, rate, key)}/{window}"
    if settings.REDIS_URL:
        try:
            count = line.ask(lambda: _redis().incr(name, seconds))
        except Away:
            count = _memory().incr(name, seconds)
    else:
        count = _memory().incr(name, seconds)
    return Standing(item.amount, item.amount - count, (window + 1) * seconds)


def forget_all() -> None:
    """Nothing was counted yet, in this process: for tests."""
    _memory().reset()


def in_words(seconds: int) -> str:
    """How long to wait, rounded up."""
    if seconds <= 90:
        return "a minute"
    minutes = -(-seconds // 60)
    if minutes <= 90:
        return f"{minutes} minutes"
    return f"{-(-minutes // 60)} hours"


def _waiting(rate: str, item: RateLimitItem, name: str, cost: int) -> int | None:
    """None when one more is counted; else after how many seconds it would be."""
    if not settings.REDIS_URL:
        return _hit(_shared(rate), item, name, cost)
    try:
        return line.ask(lambda: _hit(_redis(), item, name, cost))
    except Away:
        if rate in settings.RATES_WAY_IN:
            raise NotNow(_UNSAFE, _UNSAFE_SECONDS) from None
        return _hit(_memory(), item, name, cost)


def _give_back(rate: str, name: str, seconds: int) -> None:
    if not settings.REDIS_URL:
        _shared(rate).give_back(name, seconds)
        return
    client: Any = _redis().get_connection()
    with suppress(Away):
        line.ask(partial(client.lpop, _redis().prefixed_key(name)))  # a list of moments, the newest first


def _hit(store: MovingWindowSupport, item: RateLimitItem, name: str, cost: int) -> int | None:
    seconds = item.get_expiry()
    if store.acquire_entry(name, item.amount, seconds, cost):
        return None
    oldest, _ = store.get_moving_window(name, item.amount, seconds)
    return max(int(oldest + seconds - time.time()) + 1, 1)


def _shared(rate: str) -> MemoryWindows | TableWindows:
    """Where it is counted without Redis."""
    if settings.SINGLE_PROCESS or rate in settings.RATES_READING:
        return _memory()
    return _table()


def _items(rate: str) -> tuple[RateLimitItem, ...]:
    for numbers in (settings.RATES_READING, settings.RATES_DEEDS, settings.RATES_WAY_IN):
        if rate in numbers:
            return _parsed(numbers[rate])
    raise KeyError(rate)


@cache
def _parsed(numbers: str) -> tuple[RateLimitItem, ...]:
    return tuple(parse_many(numbers))


def _name(item: RateLimitItem, rate: str, key: str) -> str:
    """Keys may be names and addresses that people typed: what is kept does not show them."""
    return item.key_for(
        rate, key if key.isdigit() else hashlib.blake2b(key.encode(), digest_size=12).hexdigest()
    )


@cache
def _memory() -> MemoryWindows:
    return MemoryWindows()


@cache
def _table() -> TableWindows:
    return TableWindows()


@cache
def _redis() -> RedisStorage:
    return RedisStorage(settings.REDIS_URL, key_prefix=f"rates:{settings.SITE_HOST}", **options())
