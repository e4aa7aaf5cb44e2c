"""What people do: how often each deed is done for every 1,000 who are active, and how it is asked."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody signed in: what their browser sends, and where they would go."""

    cookies: str
    csrf: str
    address: str  # as the proxy in front would tell it, one for each


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody and everything there is to meet."""

    people: Sequence[Person]
    handles: Sequence[str]
    tweets: Sequence[tuple[str, int]]  # handle and id
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, ready to be sent. Without a form it only looks."""

    path: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """`per_thousand` times a second for every 1,000 active people."""

    name: str
    per_thousand: float
    ask: Callable[[random.Random, Cast], Asked]


def _home(dice: random.Random, cast: Cast) -> Asked:
    return Asked("/")


def _thread(dice: random.Random, cast: Cast) -> Asked:
    handle, tweet_id = dice.choice(cast.tweets)
    return Asked(f"/@{handle}/{tweet_id}")


def _profile(dice: random.Random, cast: Cast) -> Asked:
    return Asked(f"/@{dice.choice(cast.handles)}")


def _notifications(dice: random.Random, cast: Cast) -> Asked:
    return Asked("/notifications/")


def _search(dice: random.Random, cast: Cast) -> Asked:
    return Asked(f"/search/?q={quote(dice.choice(cast.words))}")


def _like(dice: random.Random, cast: Cast) -> Asked:
    handle, tweet_id = dice.choice(cast.tweets)
    return Asked(f"/@{handle}/{tweet_id}/{dice.choice(('like', 'like', 'like', 'unlike'))}", "like=yes")


def _follow(dice: random.Random, cast: Cast) -> Asked:
    gesture = dice.choice(("follow", "follow", "unfollow"))
    return Asked(f"/@{dice.choice(cast.handles)}/{gesture}", "follow=yes")


def _tweet(dice: random.Random, cast: Cast) -> Asked:
    words = " ".join(dice.choices(cast.words, k=8))
    form = {"text": f"{words} {dice.randrange(10**9)}", "key": f"load{dice.randrange(10**15)}"}
    return Asked("/create/", urlencode(form))


MIX: tuple[Deed, ...] = (
    Deed("home", 2.0, _home),
    Deed("thread", 0.3, _thread),
    Deed("profile", 0.2, _profile),
    Deed("notifications", 0.2, _notifications),
    Deed("search", 0.1, _search),
    Deed("like", 0.2, _like),
    Deed("follow", 0.02, _follow),
    Deed("tweet", 0.04, _tweet),
)
TOTAL = sum(deed.per_thousand for deed in MIX)  # requests a second of 1,000 active people
OPEN_PAGES = 300  # of 1,000 active people look at a page that listens to what comes
