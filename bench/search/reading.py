"""How long a page of Latest takes: `python -m bench.search.reading [ROUNDS]` prints JSON, for the database of
the environment, which `bench.search.make` filled. Each question is asked with other words each time.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import django

django.setup()

from django.contrib.auth.models import AnonymousUser  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from bench.search.make import VOCABULARY, word_of  # noqa: E402
from common.paging import Window  # noqa: E402
from search.models import TweetDocument  # noqa: E402
from search.queries import Asked, latest, people_found, people_nearly, top  # noqa: E402  # noqa: E402
from search.query_language import read_question  # noqa: E402

Ask = Callable[[], str]

_PAGE = 20
_COMMON = 12  # ranks that count as common


def questions(dice: random.Random) -> dict[str, Ask]:
    names = list(User.objects.order_by("id").values_list("username", flat=True)[:300])
    common: Ask = lambda: word_of(dice.randint(1, _COMMON))  # noqa: E731
    middling: Ask = lambda: word_of(dice.randint(200, 2000))  # noqa: E731
    rare: Ask = lambda: word_of(dice.randint(VOCABULARY // 2, VOCABULARY))  # noqa: E731
    two: Ask = lambda: " ".join(map(word_of, dice.sample(range(1, _COMMON + 1), 2)))  # noqa: E731
    day: Ask = lambda: f"{timezone.now() - timedelta(days=dice.randint(30, 300)):%Y-%m-%d}"  # noqa: E731
    return {
        "rare word": rare,
        "middling word": middling,
        "common word": common,
        "two words": lambda: f"{middling()} {common()}",
        "two common words": two,
        "two middling words": lambda: f"{middling()} {middling()}",
        "phrase of common words": lambda: f'"{two()}"',
        "phrase of three": lambda: f'"{two()} {common()}"',
        "from:": lambda: f"from:{dice.choice(names)}",
        "from: and a word": lambda: f"from:{dice.choice(names)} {common()}",
        "word and before:": lambda: f"{common()} before:{day()}",
        "word, not another": lambda: f"{common()} -{common()}",
        "only not a word": lambda: f"-{common()}",
        "has:media lang:de": lambda: "has:media lang:de",
        "no such word": lambda: f"{common()} zzzz{dice.randint(1, 10**6)}",
    }


def main(rounds: int) -> None:
    dice = random.Random(7)  # noqa: S311  (no secret)
    reader = User.objects.order_by("id")[1000]
    found: dict[str, dict[str, float]] = {"index": _index()}
    for name, ask in questions(dice).items():
        found[name] = _measure(partial(_latest, ask, AnonymousUser()), rounds)
    for name in ("common word", "two words"):
        ask = questions(dice)[name]
        found[f"{name}, signed in"] = _measure(partial(_latest, ask, reader), rounds)
    ask = questions(dice)["common word"]
    found["top, common word"] = _measure(lambda: len(top(Asked(read_question(ask())), reader).ids), rounds)
    prefix: Ask = lambda: dice.choice("abcdefg") + dice.choice("aeiou")  # noqa: E731
    person: Ask = lambda: f"{dice.choice(('ada', 'bruno', 'chloe'))}{dice.randint(0, 9999)}"  # noqa: E731
    found["people, beginning"] = _measure(lambda: len(people_found(read_question(prefix()), reader)), rounds)
    found["people, misspelt"] = _measure(
        lambda: len(people_nearly(read_question("z" + person()), reader)), rounds
    )
    sys.stdout.write(json.dumps(found))


def _latest(ask: Ask, viewer: User | AnonymousUser) -> int:
    return len(latest(Asked(read_question(ask())), viewer, Window(_PAGE)).ids)


def _measure(ask: Callable[[], int], rounds: int) -> dict[str, float]:
    """Milliseconds by the clock and of this process's CPU, which on SQLite is all there is."""
    for _ in range(5):
        ask()
    clock, cpu, results = [], [], []
    for _ in range(rounds):
        began, worked = time.perf_counter(), time.process_time()
        results.append(ask())
        cpu.append((time.process_time() - worked) * 1000)
        clock.append((time.perf_counter() - began) * 1000)
    return {
        "p50": round(statistics.median(clock), 2),
        "p99": round(statistics.quantiles(clock, n=100)[98], 2),
        "cpu_p50": round(statistics.median(cpu), 2),
        "cpu_p99": round(statistics.quantiles(cpu, n=100)[98], 2),
        "found": round(statistics.mean(results), 1),
    }


def _index() -> dict[str, float]:
    """How many documents there are, and the megabytes of documents and index."""
    if connection.vendor == "postgresql":
        sql = (
            "SELECT pg_table_size('search_tweetdocument'), pg_indexes_size('search_tweetdocument'),"
            " pg_total_relation_size('tweets_tweet')"
        )
        names = ("documents_mb", "index_mb", "tweets_mb")
    else:
        one = "(SELECT SUM(pgsize) FROM dbstat WHERE name LIKE '{}')"
        parts = ("search_tweetdocument%", "search_tweetwords%", "tweets_tweet")
        sql = "SELECT " + ", ".join(one.format(part) for part in parts)
        names = ("documents_mb", "index_mb", "tweets_mb")
    with connection.cursor() as cursor:
        try:
            cursor.execute(sql)
            sizes = cursor.fetchone()
        except django.db.Error:  # SQLite without dbstat
            sizes = ()
    megabytes = {name: round(size / 2**20, 1) for name, size in zip(names, sizes, strict=False)}
    return {"documents": TweetDocument.objects.count(), **megabytes}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
