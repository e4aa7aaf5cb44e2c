"""Emptying the table of jobs: `python -m bench.jobs ENGINE HANDS TWEETS FOLLOWERS` prints JSON.

Tweets are posted while no worker runs. Then real ones start, and it is counted from the first job that is
done to the last: tweets with all their effects, and deliveries to homes, a second. ENGINE is table or celery.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import time
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402

from accounts.actions import confirm_email, register_user  # noqa: E402
from accounts.models import User  # noqa: E402
from jobs.models import Job  # noqa: E402
from relationships.actions import follow_user  # noqa: E402
from timelines.actions import keep_home  # noqa: E402
from timelines.models import TimelineEntry  # noqa: E402
from tweets.actions import post_tweet  # noqa: E402
from tweets.draft import TweetDraft  # noqa: E402
from twitter_clone.crowd.scratch import ROOT  # noqa: E402

_AUTHORS = 10
_PATIENCE_SECONDS = 600


def main(engine: str, hands: int, tweets: int, followers: int) -> None:
    authors = [_person(f"author{number}") for number in range(_AUTHORS)]
    for number in range(followers):
        follower = _person(f"follower{number}")
        keep_home(follower)
        for author in authors:
            follow_user(follower, author)
    Job.objects.all().delete()
    found: dict[str, Any] = {"engine": engine, "hands": hands, "posting": _post(authors, tweets)}
    jobs, entries = Job.objects.count(), TimelineEntry.objects.count()
    workers = _start(hands if engine == "table" else 1, hands)
    try:
        seconds = _seconds_to_empty(jobs)
    finally:
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        for worker in workers:
            worker.wait(60)
    delivered = TimelineEntry.objects.count() - entries
    found |= {
        "seconds": round(seconds, 2),
        "tweets_per_second": round(tweets / seconds),
        "jobs_per_second": round(jobs / seconds),
        "deliveries_per_second": round(delivered / seconds),
    }
    sys.stdout.write(json.dumps(found))


def _person(name: str) -> User:
    person = register_user(name, f"{name}@example.org", None)
    confirm_email(person)
    return person


def _post(authors: list[User], tweets: int) -> dict[str, float]:
    """Milliseconds each, as the one who posts waits."""
    milliseconds = []
    for number in range(tweets):
        began = time.perf_counter()
        post_tweet(authors[number % len(authors)], TweetDraft(f"Tweet number {number} to @follower1 #tag"))
        milliseconds.append((time.perf_counter() - began) * 1000)
    return {
        "clock_ms": round(statistics.median(milliseconds), 2),
        "clock_ms_99th": round(statistics.quantiles(milliseconds, n=100)[98], 2),
    }


def _start(processes: int, hands: int) -> list[subprocess.Popen[bytes]]:
    """When everything is due, so that no worker waits for what can still be undone."""
    time.sleep(settings.TWEET_UNDO_SECONDS + settings.TWEET_UNDO_GRACE_SECONDS)
    return [
        subprocess.Popen(
            [sys.executable, "manage.py", "run_worker"],
            cwd=ROOT,
            env={**os.environ, "WORKER_CONCURRENCY": str(hands)},
            stdout=subprocess.DEVNULL,
        )
        for _ in range(processes)
    ]


def _seconds_to_empty(jobs: int) -> float:
    """From the first of these jobs that is gone to the last; those of the clock count for little."""
    began = 0.0
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        left = Job.objects.exclude(unique_key__startswith="clock:").count()
        if not began and left < jobs:
            began = time.monotonic()
        if began and not left:
            return time.monotonic() - began
        time.sleep(0.05)
    raise RuntimeError(f"Jobs are left after {_PATIENCE_SECONDS} s.")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]))
