"""Very many tweets, written in bulk: `python -m bench.crowd NUMBER`. Only their number matters."""

import itertools
import sys
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from common.ids import id_at  # noqa: E402
from tweets.actions import close_feed_blocks  # noqa: E402
from tweets.models import Tweet  # noqa: E402

_AUTHORS = 2000
_AT_ONCE = 5000  # rows
_YEAR = timedelta(days=365)


def main(number: int) -> None:
    now = timezone.now()
    people = User.objects.bulk_create(
        User(username=f"crowd{n}", display_name=f"Person {n}", email_confirmed_at=now)
        for n in range(_AUTHORS)
    )
    first, last = id_at(now - _YEAR), id_at(now - timedelta(minutes=5))
    step = (last - first) // number
    tweets = (
        Tweet(
            id=first + n * step,
            author=people[n * 7919 % _AUTHORS],
            text=f"Tweet {n}",
            html=f"<p>Tweet {n}</p>",
            conversation_id=first + n * step,
        )
        for n in range(number)
    )
    while batch := list(itertools.islice(tweets, _AT_ONCE)):
        Tweet.objects.bulk_create(batch)
    while close_feed_blocks():
        pass


if __name__ == "__main__":
    main(int(sys.argv[1]))
