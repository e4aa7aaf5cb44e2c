"""Posting tweets, each in a transaction of its own: `python -m bench.posting NUMBER` prints JSON."""

import json
import statistics
import sys
import time

import django

django.setup()

from accounts.actions import confirm_email, register_user  # noqa: E402
from tweets.actions import post_tweet  # noqa: E402
from tweets.draft import TweetDraft  # noqa: E402


def main(number: int) -> None:
    author = register_user("bench", "bench@example.org", None)
    confirm_email(author)
    milliseconds = []
    cpu_began, began = time.process_time(), time.perf_counter()
    for n in range(number):
        one = time.perf_counter()
        post_tweet(author, TweetDraft(f"Tweet number {n} with a #tag and https://example.org/a"))
        milliseconds.append((time.perf_counter() - one) * 1000)
    seconds = time.perf_counter() - began
    found = {
        "tweets_per_second": round(number / seconds),
        "clock_ms": round(statistics.median(milliseconds), 2),
        "clock_ms_99th": round(statistics.quantiles(milliseconds, n=100)[98], 2),
        "cpu_ms": round((time.process_time() - cpu_began) * 1000 / number, 2),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))
