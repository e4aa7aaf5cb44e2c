"""From posting to being found, while a server runs: `python -m bench.search.delay NUMBER` prints JSON."""

import json
import statistics
import sys
import time

import django

django.setup()

from django.contrib.auth.models import AnonymousUser  # noqa: E402

from accounts.models import User  # noqa: E402
from common.paging import Window  # noqa: E402
from search.queries import Asked, latest  # noqa: E402
from search.query_language import read_question  # noqa: E402
from tweets.actions import post_tweet  # noqa: E402
from tweets.draft import TweetDraft  # noqa: E402

_PATIENCE_SECONDS = 60


def main(number: int) -> None:
    author = User.objects.order_by("id").first()
    if author is None:
        raise SystemExit("There is nobody who could post.")
    milliseconds = []
    for n in range(number):
        word = f"unheard{time.time_ns()}"
        post_tweet(author, TweetDraft(f"Something {word} {n}"))
        began = time.perf_counter()
        while not latest(Asked(read_question(word)), AnonymousUser(), Window(1)).ids:
            if time.perf_counter() - began > _PATIENCE_SECONDS:
                raise SystemExit("It was never found: does a worker run?")
            time.sleep(0.002)
        milliseconds.append((time.perf_counter() - began) * 1000)
        time.sleep(0.05)
    found = {
        "p50": round(statistics.median(milliseconds), 1),
        "longest": round(max(milliseconds), 1),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
