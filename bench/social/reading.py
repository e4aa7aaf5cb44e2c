"""What reading costs: `python -m bench.social.reading` prints JSON; `--profile` adds where the time goes.

Eight people read in turn, twenty entries to a page, with what was drawn before still in memory.
"""

import itertools
import json
import sys
from collections.abc import Callable

import django

django.setup()

from django.conf import settings  # noqa: E402

from accounts.models import User  # noqa: E402
from bench.pages import asker, cookies_of, measure, profile  # noqa: E402
from common.paging import Window  # noqa: E402
from timelines.queries import home_ids  # noqa: E402
from tweets.cards import cards_for  # noqa: E402
from tweets.models import Tweet  # noqa: E402
from twitter_clone.crowd.homes import readers  # noqa: E402
from web.templatetags import cards as drawing  # noqa: E402

_PAGE_SIZE, _DEEP = 20, 600  # entries
_READERS = 8


def main(arguments: list[str]) -> None:
    settings.FEED_PAGE_SIZE = _PAGE_SIZE
    people = readers()[:_READERS]
    asked: dict[str, Callable[[], int]] = {
        "cards_for 20": _cards(people),
        "home": _pages(people, lambda person: "/"),
        "home, nothing drawn": _undrawn(_pages(people, lambda person: "/")),
        "home 600 deep": _pages(people, lambda person: f"/?cursor={_entry(person, _DEEP)}"),
        "local": _pages(people, lambda person: "/local/"),
        "local 600 deep": _pages(people, lambda person: f"/local/?cursor={_tweet(_DEEP)}"),
    }
    found = {}
    for name, ask in asked.items():
        found[name] = measure(ask)
        if "--profile" in arguments:
            found[name]["profile"] = profile(ask)
    sys.stdout.write(json.dumps(found))


def _cards(people: list[User]) -> Callable[[], int]:
    """What the API would turn into JSON, without looking the page up."""
    wanted = itertools.cycle([(person, home_ids(person, Window(limit=_PAGE_SIZE))) for person in people])

    def ask() -> int:
        person, ids = next(wanted)
        return len(cards_for(ids, person))

    return ask


def _pages(people: list[User], address: Callable[[User], str]) -> Callable[[], int]:
    asks = itertools.cycle([asker(address(person), cookies_of(person)) for person in people])

    def ask() -> int:
        one = next(asks)
        return one()

    return ask


def _undrawn(ask: Callable[[], int]) -> Callable[[], int]:
    def ask_anew() -> int:
        drawing._kept.cache_clear()
        return ask()

    return ask_anew


def _entry(person: User, place: int) -> int:
    ids = home_ids(person, Window(limit=place))
    return ids[-1] if ids else 0  # 0 is the first page


def _tweet(place: int) -> int:
    ids = list(Tweet.objects.on_public_timelines().newest_first().values_list("id", flat=True)[:place])
    return ids[-1] if ids else 0


if __name__ == "__main__":
    main(sys.argv[1:])
