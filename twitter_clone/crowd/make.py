"""Makes a network in bulk: `python -m twitter_clone.crowd.make people 100000 5000000`, then `… tweets FROM TO
TOTAL`, as often as wanted, for the tweets from that number to that one of so many in the last 29 days.
"""

import json
import random
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from tweets.actions import close_feed_blocks  # noqa: E402
from twitter_clone.crowd.bulk import filling, settle  # noqa: E402
from twitter_clone.crowd.homes import make_homes  # noqa: E402
from twitter_clone.crowd.people import make_follows, make_people  # noqa: E402
from twitter_clone.crowd.words import make_tweets  # noqa: E402

_SPAN = timedelta(days=29)  # within HOME_KEPT_DAYS


def people(number: int, follows: int) -> None:
    dice = random.Random(1)  # noqa: S311  (no secret)
    with filling(User):
        ids = make_people(number, dice)
    make_follows(ids, follows, dice)


def tweets(first: int, last: int, total: int) -> None:
    """Those from `first` to `last`; everybody's home as well."""
    now = timezone.now()
    began, ended = (now - _SPAN * ((total - number) / total) for number in (first, last))
    ids = list(User.objects.order_by("id").values_list("id", flat=True))
    dice = random.Random(first)  # noqa: S311  (no secret)
    make_tweets(ids, last - first, began, ended - timedelta(minutes=5), dice)
    while close_feed_blocks():
        pass
    settle()
    make_homes()
    settle()


def main(what: str, *words: str) -> None:
    began = time.monotonic()
    numbers = [int(word) for word in words]
    if what == "people":
        people(*numbers)
    else:
        tweets(*numbers)
    sys.stdout.write(json.dumps({"seconds": round(time.monotonic() - began, 1)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
