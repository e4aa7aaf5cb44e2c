"""Open pages that only listen: `python -m bench.listeners PORT NUMBER KIND POSTS`, beside a running server.

KIND is visitors (on Local) or members (each at home, following one author). Prints how long opening took,
waits for a line on standard input while somebody measures, then posts and prints when it came where, as JSON.
"""

import asyncio
import json
import statistics
import sys
import time
from datetime import timedelta
from functools import partial
from importlib import import_module
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.actions import confirm_email, register_user  # noqa: E402
from accounts.models import User  # noqa: E402
from relationships.models import Follow  # noqa: E402
from timelines.actions import keep_home  # noqa: E402
from tweets.actions import post_tweet  # noqa: E402
from tweets.draft import TweetDraft  # noqa: E402
from twitter_clone.loadtest.pages import OpenPage, knock, open_pages  # noqa: E402

_FROM_ONE_ADDRESS = 450  # fewer than LIVE_PER_ADDRESS: more come from 127.0.0.2 and so on
_PATIENCE_SECONDS = 60.0


async def listen(port: int, number: int, kind: str, posts: int) -> None:
    author = await asyncio.to_thread(_person, "author")
    cookies = await asyncio.to_thread(_members, author, number) if kind == "members" else [""] * number
    began = time.perf_counter()
    listeners = await _open(port, "home" if kind == "members" else "local", cookies)
    _say({"open": len(listeners), "seconds": round(time.perf_counter() - began, 1)})
    await asyncio.to_thread(sys.stdin.readline)
    _say(await _post(author, listeners, posts))


async def _open(port: int, place: str, cookies: list[str]) -> list[OpenPage]:
    host = f"localhost:{port}"
    pages, refused = await open_pages(
        [
            partial(knock, port, host, place, cookie, f"127.0.0.{1 + number // _FROM_ONE_ADDRESS}")
            for number, cookie in enumerate(cookies)
        ]
    )
    if refused:
        raise RuntimeError(f"{refused} of {len(cookies)} sockets were refused.")
    return pages


async def _post(author: User, listeners: list[OpenPage], posts: int) -> dict[str, Any]:
    lasts, everyone = [], []
    for number in range(posts):
        tweet = await asyncio.to_thread(post_tweet, author, TweetDraft(f"To all who listen, {number}."))
        posted, name = time.perf_counter(), str(tweet.pk)
        while any(name not in listener.heard for listener in listeners):
            if time.perf_counter() - posted > _PATIENCE_SECONDS:
                raise RuntimeError("Some never heard of it.")
            await asyncio.sleep(0.01)
        times = [(listener.heard[name] - posted) * 1000 for listener in listeners]
        lasts.append(max(times))
        everyone += times
        await asyncio.sleep(0.5)
    return {
        "posts": posts,
        "first_ms_p50": round(min(everyone), 1),
        "each_ms_p50": round(statistics.median(everyone), 1),
        "each_ms_p99": round(statistics.quantiles(everyone, n=100)[98], 1),
        "last_ms_p50": round(statistics.median(lasts), 1),
        "last_ms_p99": round(sorted(lasts)[max(0, int(len(lasts) * 0.99) - 1)], 1),
        "last_ms_worst": round(max(lasts), 1),
    }


def _person(name: str) -> User:
    person = register_user(name, f"{name}@example.org", "a long password for measuring")
    confirm_email(person)
    return person


def _members(author: User, number: int) -> list[str]:
    """So many followers of the author who read home and are logged in; their cookies."""
    now = timezone.now()
    people = [
        User(username=f"member{n}", email=f"m{n}@example.org", email_confirmed_at=now, following_count=1)
        for n in range(number)
    ]
    store = import_module(settings.SESSION_ENGINE).SessionStore
    cookies = []
    with transaction.atomic():
        for person in people:
            person.set_unusable_password()
            person.save()
        Follow.objects.bulk_create(Follow(follower=person, followed=author) for person in people)
        User.objects.filter(pk=author.pk).update(followers_count=number)
        for person in people:
            keep_home(person)
            session = store()
            session[SESSION_KEY] = str(person.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = person.get_session_auth_hash()
            session.set_expiry(timedelta(days=1))
            session.save()
            cookies.append(f"Cookie: {settings.SESSION_COOKIE_NAME}={session.session_key}\r\n")
    return cookies


def _say(found: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(listen(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])))
