"""Liking, following and posting: `python -m bench.social.writing` prints JSON.

CPU of each alone, then the clock with eight writers at once, as the threads of bin/run would be.
"""

import json
import random
import statistics
import sys
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import django

django.setup()

from django.db import OperationalError, connection  # noqa: E402

from accounts.models import User  # noqa: E402
from relationships.actions import follow_user, unfollow_user  # noqa: E402
from tweets.actions import like_tweet, post_tweet, unlike_tweet  # noqa: E402
from tweets.draft import TweetDraft  # noqa: E402
from tweets.models import Tweet  # noqa: E402

_ALONE, _EACH = 100, 25  # times
_WRITERS = 8
Deed = Callable[[User, random.Random], object]


def main() -> None:
    people = list(User.objects.order_by("id")[1000 : 1000 + _WRITERS])
    deeds = {"like": _like, "follow": _follow, "post": _post}
    found: dict[str, Any] = {}
    for name, deed in deeds.items():
        found[name] = _alone(people[0], deed)
        found[f"{name}, {_WRITERS} at once"] = _at_once(people, deed)
    sys.stdout.write(json.dumps(found))


def _like(person: User, dice: random.Random) -> None:
    tweet = dice.choice(_tweets())
    like_tweet(person, tweet)
    unlike_tweet(person, tweet)


def _follow(person: User, dice: random.Random) -> None:
    other = dice.choice(_others())
    follow_user(person, other)
    unfollow_user(person, other)


def _post(person: User, dice: random.Random) -> None:
    post_tweet(person, TweetDraft(f"Number {dice.random()} with a #tag and https://example.org/a"))


_PER_DEED: dict[Deed, int] = {_like: 2, _follow: 2, _post: 1}  # actions in one


def _alone(person: User, deed: Deed) -> dict[str, float]:
    dice = random.Random(1)  # noqa: S311  (no secret)
    deed(person, dice)
    began = time.process_time()
    for _ in range(_ALONE):
        deed(person, dice)
    actions = _ALONE * _PER_DEED[deed]
    return {"cpu_ms": round((time.process_time() - began) * 1000 / actions, 2)}


def _at_once(people: list[User], deed: Deed) -> dict[str, float]:
    clocks: list[float] = []
    locked: list[str] = []

    def write(person: User) -> None:
        dice = random.Random(person.pk)  # noqa: S311  (no secret)
        for _ in range(_EACH):
            began = time.perf_counter()
            try:
                deed(person, dice)
            except OperationalError as error:
                locked.append(str(error))
            clocks.append((time.perf_counter() - began) * 1000 / _PER_DEED[deed])
        connection.close()

    writers = [threading.Thread(target=write, args=(person,)) for person in people]
    began = time.perf_counter()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return {
        "per_second": round(len(clocks) * _PER_DEED[deed] / (time.perf_counter() - began)),
        "clock_ms": round(statistics.median(clocks), 2),
        "clock_ms_99th": round(statistics.quantiles(clocks, n=100)[98], 2),
        "locked": len(locked),
    }


@cache
def _tweets() -> list[Tweet]:
    newest = Tweet.objects.filter(retweet_of=None, visibility="public").select_related("author")
    return list(newest.order_by("-id")[:500])


@cache
def _others() -> list[User]:
    return list(User.objects.order_by("-id")[:500])


if __name__ == "__main__":
    main()
