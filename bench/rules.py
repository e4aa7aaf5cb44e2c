"""Automatic rules: `python -m bench.rules POSTS` prints JSON, on a database that is filled already.

First a rule that asks everything is rehearsed on what is there, while somebody else writes all the time and
tells how long that has to wait. Then it is live, a real worker runs, and what it catches is posted: it is
counted from the moment of the tweet to that of the outcome.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.actions import confirm_email, register_user  # noqa: E402
from accounts.models import User  # noqa: E402
from common.ids import id_at, moment_of  # noqa: E402
from common.models import Fact  # noqa: E402
from jobs.models import Job  # noqa: E402
from moderation.actions import (  # noqa: E402
    RuleDraft,
    go_on_rehearsing,
    rehearse,
    start_automatic_rule,
    write_automatic_rule,
)
from moderation.models import AutomaticRule, Conditions, Rehearsal, RuleHit  # noqa: E402
from tweets.actions import post_tweet  # noqa: E402
from tweets.draft import TweetDraft  # noqa: E402
from tweets.models import Tweet  # noqa: E402
from twitter_clone.crowd.scratch import ROOT  # noqa: E402

_PATIENCE_SECONDS = 60
_ALL = Conditions(
    younger_than_hours=24 * 365,
    keywords=("tweet", "the", "casino"),
    repeats=2,
    repeats_minutes=60,
    repeats_by="anybody",
    pace=1,
    pace_minutes=60,
)


def main(posts: int) -> None:
    owner = _person("benchowner")
    User.objects.filter(pk=owner.pk).update(is_superuser=True)
    owner.refresh_from_db()
    found = {"rehearsal": _rehearse(owner), "live": _live(owner, posts)}
    sys.stdout.write(json.dumps(found))


def _person(name: str) -> User:
    person = register_user(name, f"{name}@example.org", None)
    confirm_email(person)
    return person


def _rule(owner: User, asked: Conditions) -> AutomaticRule:
    return write_automatic_rule(owner, RuleDraft(f"Rule of {len(asked.as_json())}", asked, "hold"))


def _rehearse(owner: User) -> dict[str, Any]:
    """Over everything that is there, whatever its day, in slices as the worker does it."""
    rehearsal = rehearse(owner, _rule(owner, _ALL))
    first = Tweet.objects.order_by("id").values_list("pk", flat=True).first() or 1
    until = id_at(timezone.now() + timedelta(days=365))
    Rehearsal.objects.filter(pk=rehearsal.pk).update(from_id=first - 1, at_id=first - 1, until_id=until)
    waits, ends = _Writer(), threading.Event()
    writer = threading.Thread(target=waits.write, args=(ends,))
    writer.start()
    began, slices = time.perf_counter(), 0
    while Rehearsal.objects.filter(pk=rehearsal.pk, state=Rehearsal.State.RUNNING).exists():
        go_on_rehearsing(rehearsal.pk)
        slices += 1
    seconds = time.perf_counter() - began
    ends.set()
    writer.join()
    rehearsal.refresh_from_db()
    return {
        "looked_at": rehearsal.looked_at,
        "caught": rehearsal.caught,
        "seconds": round(seconds, 1),
        "slices": slices,
        "a_second": round(rehearsal.looked_at / seconds),
        "others_write_ms": round(statistics.median(waits.milliseconds), 2),
        "others_write_ms_longest": round(max(waits.milliseconds), 1),
    }


class _Writer:
    """Somebody else who writes one row, again and again."""

    def __init__(self) -> None:
        self.milliseconds: list[float] = []

    def write(self, ends: threading.Event) -> None:
        while not ends.wait(0.02):
            began = time.perf_counter()
            with transaction.atomic():
                Fact.objects.update_or_create(key="bench", defaults={"value": str(began)})
            self.milliseconds.append((time.perf_counter() - began) * 1000)
        connection.close()


def _live(owner: User, posts: int) -> dict[str, Any]:
    rule = _rule(owner, Conditions(keywords=("casino",)))
    done = rehearse(owner, rule)
    Rehearsal.objects.filter(pk=done.pk).update(state=Rehearsal.State.DONE)
    start_automatic_rule(owner, rule)
    Job.objects.all().delete()
    author = _person("benchauthor")
    command = [sys.executable, "manage.py", "run_worker"]
    worker = subprocess.Popen(command, cwd=ROOT, env=os.environ, stdin=subprocess.PIPE)  # noqa: S603
    try:
        time.sleep(3)
        for number in range(posts):
            post_tweet(author, TweetDraft(f"The casino, number {number}"))
            time.sleep(0.05)
        ends_at = time.monotonic() + _PATIENCE_SECONDS
        while RuleHit.objects.filter(rule=rule).count() < posts and time.monotonic() < ends_at:
            time.sleep(0.1)
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(60)
    return _told(rule, posts)


def _told(rule: AutomaticRule, posts: int) -> dict[str, Any]:
    rows = Tweet.objects.filter(held_at__isnull=False).only("held_at")
    held = {tweet.pk: tweet.held_at for tweet in rows if tweet.held_at}
    hits = list(RuleHit.objects.filter(rule=rule))
    whole = sorted((held[hit.tweet_id] - moment_of(hit.tweet_id)).total_seconds() * 1000 for hit in hits)
    outcome = sorted((held[hit.tweet_id] - hit.caught_at).total_seconds() * 1000 for hit in hits)
    return {
        "posted": posts,
        "held": len(hits),
        "ms_from_tweet_to_outcome": round(statistics.median(whole), 1),
        "ms_from_tweet_to_outcome_99th": round(statistics.quantiles(whole, n=100)[98], 1),
        "ms_from_tweet_to_outcome_longest": round(whole[-1], 1),
        "ms_from_hit_to_outcome": round(statistics.median(outcome), 1),
        "ms_from_hit_to_outcome_longest": round(outcome[-1], 1),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]))
