"""What counting readers costs: `python -m bench.views` prints JSON.

A page shows twenty cards. Noting is what the page itself pays; writing is done by a thread beside the pages,
for all of ten seconds together: here 2,000 pages, read by 500 people among 2,000 tweets of 100 authors.
"""

import json
import random
import sys
import time
from collections.abc import Callable

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from analytics.actions import count_views, note_tweet, noting_shown, write_views  # noqa: E402
from analytics.models import Sketch  # noqa: E402
from common.ids import new_id  # noqa: E402

_CARDS, _PAGES, _READERS, _TWEETS, _AUTHORS = 20, 2000, 500, 2000, 100
_ROUNDS = 10
_BROWSER = {"REMOTE_ADDR": "192.0.2.1", "HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0"}


def main() -> None:
    chance = random.Random(1)  # noqa: S311  (no secret)
    authors = [new_id() for _ in range(_AUTHORS)]
    tweets = [(new_id(), chance.choice(authors)) for _ in range(_TWEETS)]
    pages = [(chance.randrange(_READERS), chance.sample(tweets, _CARDS)) for _ in range(_PAGES)]

    noting = min(_cpu_of(lambda: _read(pages)) for _ in range(_ROUNDS))
    write_views()
    Sketch.objects.all().delete()
    _read(pages)
    began = time.perf_counter()
    cpu = _cpu_of(write_views)
    clock = time.perf_counter() - began
    _read(pages)
    again = _cpu_of(write_views)
    Sketch.objects.all().delete()
    _read(pages)
    with CaptureQueriesContext(connection) as asked:
        write_views()
    sketches = [len(sketch.marks) for sketch in Sketch.objects.all()]
    found = {
        "noting_us_a_page": round(noting * 1e6 / _PAGES, 1),
        "writing_us_a_page": round(cpu * 1e6 / _PAGES, 1),
        "writing_again_us_a_page": round(again * 1e6 / _PAGES, 1),
        "writing_clock_ms": round(clock * 1000),
        "pages": _PAGES,
        "sketches": len(sketches),
        "bytes_of_all": sum(sketches),
        "statements": len([one for one in asked if "SAVEPOINT" not in one["sql"]]),
    }
    sys.stdout.write(json.dumps(found))


def _read(pages: list[tuple[int, list[tuple[int, int]]]]) -> None:
    for reader, cards in pages:
        with noting_shown() as shown:
            for tweet_id, author_id in cards:
                note_tweet(tweet_id, author_id)
        count_views(shown, _BROWSER, reader)


def _cpu_of(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
