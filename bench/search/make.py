"""Tweets to search in, in bulk: `python -m bench.search.make PEOPLE TWEETS`; the index is made afterwards.

The real tweets stand there hundreds of times, so a few made up words are put behind each: some stand in
every second one, most in one or two of a million. `… settle`, when that is done.
"""

import bisect
import random
import sys
from collections.abc import Callable
from datetime import timedelta
from itertools import accumulate

import django

django.setup()

from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from tweets.models import Tweet  # noqa: E402
from twitter_clone.crowd.bulk import filling, settle  # noqa: E402
from twitter_clone.crowd.people import make_people  # noqa: E402
from twitter_clone.crowd.words import make_tweets  # noqa: E402

VOCABULARY = 300_000
_MORE_WORDS = 6
_SPAN = timedelta(days=365)
_LETTERS = "etaoinsr"


def word_of(rank: int) -> str:
    """The made up word of that rank: 1 is the most common one."""
    return "q" + "".join(_LETTERS[int(digit, 8)] for digit in oct(rank)[2:])


def tail_by(dice: random.Random) -> Callable[[], str]:
    """Words by Zipf's law."""
    sums = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))

    def tail() -> str:
        ranks = (bisect.bisect(sums, dice.random() * sums[-1]) + 1 for _ in range(_MORE_WORDS))
        return "".join(f" {word_of(rank)}" for rank in ranks)

    return tail


def main(people: int, tweets: int) -> None:
    dice = random.Random(1)  # noqa: S311  (no secret)
    now = timezone.now()
    with filling(User):
        ids = make_people(people, dice)
    make_tweets(ids, tweets, now - _SPAN, now - timedelta(minutes=5), dice, tail_by(dice))
    Tweet.objects.filter(retweet_of=None).update(language="en")
    Tweet.objects.filter(retweet_of=None, author__in=ids[:20]).update(language="de")
    settle()


if __name__ == "__main__":
    settle() if sys.argv[1] == "settle" else main(int(sys.argv[1]), int(sys.argv[2]))
