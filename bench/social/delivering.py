"""Delivering a tweet to very many: `python -m bench.social.delivering` prints JSON.

The most followed author says something. Another process puts it on 50,000 homes while this one reads Home
and posts, first alone and then during the delivery.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from accounts.models import User  # noqa: E402
from bench.pages import asker, cookies_of  # noqa: E402
from timelines import fanout  # noqa: E402
from timelines.models import TimelineEntry  # noqa: E402
from tweets.actions import post_tweet  # noqa: E402
from tweets.draft import TweetDraft  # noqa: E402
from tweets.models import Tweet  # noqa: E402
from twitter_clone.crowd.homes import readers  # noqa: E402

_TIMES = 5  # deliveries
_PAUSE_SECONDS = 0.02  # between one reader and the next: a server that is not idle, nor drowning


def main() -> None:
    star = User.objects.order_by("-followers_count")[0]
    settings.FEED_PAGE_SIZE = 20
    home = asker("/", cookies_of(readers()[0]))
    writer = readers()[1]
    deeds: dict[str, Callable[[], object]] = {
        "reading": home,
        "posting": lambda: post_tweet(writer, TweetDraft("Good morning to everybody who is awake")),
    }
    home()
    found: dict[str, Any] = {"followers": star.followers_count}
    for name, deed in deeds.items():
        found[f"{name} alone"] = _times(deed, lambda began: time.perf_counter() - began < 5)
    runs = []
    for name in list(deeds) * ((_TIMES + 1) // 2):
        tweet = post_tweet(star, TweetDraft("Something that very many will see"))
        clocks, run = _during_delivery(tweet, deeds[name])
        runs.append(run)
        found.setdefault(f"{name} meanwhile", []).extend(clocks)
    for name in deeds:
        found[f"{name} alone"] = _told(found[f"{name} alone"])
        found[f"{name} meanwhile"] = _told(found[f"{name} meanwhile"])
    best = min(runs, key=lambda run: run["seconds"])
    found["best delivery"] = best
    found["median seconds"] = round(statistics.median(run["seconds"] for run in runs), 2)
    sys.stdout.write(json.dumps(found))


def deliver(tweet_id: int) -> None:
    """What a worker does for one tweet, with how long each batch held the database."""
    tweet = Tweet.objects.select_related("author").get(pk=tweet_id)
    held: list[float] = []
    with connection.execute_wrapper(_Timed(held)):
        began, cpu_began = time.perf_counter(), time.process_time()
        delivered = fanout.deliver(tweet)
        seconds = time.perf_counter() - began
    found = {
        "delivered": delivered,
        "seconds": round(seconds, 2),
        "per second": round(delivered / seconds),
        "cpu seconds": round(time.process_time() - cpu_began, 2),
        "longest statement ms": round(max(held) * 1000, 1),
    }
    sys.stdout.write(json.dumps(found))


class _Timed:
    def __init__(self, held: list[float]) -> None:
        self._held = held

    def __call__(
        self, execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any
    ) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, parameters, many, context)
        finally:
            self._held.append(time.perf_counter() - began)


def _during_delivery(tweet: Tweet, deed: Callable[[], object]) -> tuple[list[float], dict[str, float]]:
    TimelineEntry.objects.filter(tweet=tweet).delete()
    worker = subprocess.Popen(  # noqa: S603  (our own program)
        [sys.executable, "-m", "bench.social.delivering", str(tweet.id)], stdout=subprocess.PIPE, text=True
    )
    clocks = _times(deed, lambda began: worker.poll() is None)
    assert worker.stdout  # noqa: S101  (asked for above)
    run = json.loads(worker.stdout.read())
    worker.wait()
    return clocks, run


def _times(deed: Callable[[], object], goes_on: Callable[[float], bool]) -> list[float]:
    """Milliseconds of the clock for each time it was done."""
    clocks, began = [], time.perf_counter()
    while goes_on(began):
        one = time.perf_counter()
        deed()
        clocks.append((time.perf_counter() - one) * 1000)
        time.sleep(_PAUSE_SECONDS)
    return clocks


def _told(clocks: list[float]) -> dict[str, float]:
    return {
        "times": len(clocks),
        "clock_ms": round(statistics.median(clocks), 2),
        "clock_ms_99th": round(statistics.quantiles(clocks, n=100)[98], 2),
        "clock_ms_most": round(max(clocks), 2),
    }


if __name__ == "__main__":
    if len(sys.argv) > 1:
        deliver(int(sys.argv[1]))
    else:
        main()
