"""Readers for tests: visitors with a browser each, and days that pass."""

from collections.abc import Iterable
from datetime import UTC, datetime

from analytics.actions import close_days, count_views, write_views
from analytics.actions.views import Shown
from analytics.models import Kind
from tweets.models import Tweet

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def visitor(number: int, agent: str = BROWSER, **more: str) -> dict[str, object]:
    """The headers of one visitor, each from another address."""
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    return {"REMOTE_ADDR": address, "HTTP_USER_AGENT": agent, **more}


def shown(*tweets: Tweet) -> list[Shown]:
    return [(Kind.TWEET.value, tweet.pk, tweet.author_id) for tweet in tweets]


def read_by(number: int, *tweets: Tweet, first: int = 0) -> None:
    """So many visitors are shown these tweets, and it is written."""
    for one in range(first, first + number):
        count_views(shown(*tweets), visitor(one), None)
    write_views()


def visited_by(people: Iterable[int], author_id: int) -> None:
    for one in people:
        count_views([(Kind.PROFILE.value, author_id, author_id)], visitor(one), None)
    write_views()


def end_day(travel, moment: datetime = datetime(2026, 3, 11, 0, 2, tzinfo=UTC)) -> None:
    """It is that moment, two minutes after midnight, and the clock strikes."""
    travel.move_to(moment)
    close_days()
