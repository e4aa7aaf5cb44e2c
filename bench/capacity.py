"""The capacity model: `python -m bench.capacity [FILE]` computes what so many people need, as a table.

FILE is what `manage.py loadtest --json FILE` wrote on PostgreSQL; without one it is bench/figures.json, the
run that docs/capacity.md tells of. What was measured comes from there; what is assumed stands below.
"""

import json
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FIGURES = Path(__file__).with_name("figures.json")
SIZES = (10_000, 1_000_000, 100_000_000)

# The mix of the load test, for every 1,000 active people and second.
REQUESTS, HOME_READS, TWEETS, LIKES, FOLLOWS = 3.06, 2.0, 0.04, 0.2, 0.02

# Assumed of people.
ACTIVE_AT_PEAK = 0.05  # of all people at the same moment
READ_LATELY = 0.5  # of all, whose home is kept (HOME_KEPT_DAYS)
FOLLOWED_BY = 100  # followers of a tweet's author, on average
TWEETS_A_DAY = 0.5  # of each person, over the year
YEARS = 3  # of tweets that are there
LIKES_PER_TWEET = 2.0
HOME_ENTRIES = 800  # HOME_ENTRIES_KEPT

# Assumed of machines; the processors are those of the measurement.
BUSY = 0.6  # of each core at the peak, so that p95 stays where it was measured
CORES = 16  # of a machine
DELIVERIES_PER_CORE_SECOND = 11_200  # docs/performance.md, PostgreSQL
CONNECTIONS_PER_PROCESS = 5_000
PRIMARY_CORES = 64  # the largest that one buys without regret
PRIMARY_ROWS_PER_SECOND = 50_000  # written, with their indexes
PRIMARY_TERABYTES = 8.0


@dataclass(frozen=True, slots=True)
class Measured:
    """What one request, tweet and row cost: milliseconds of CPU, bytes with indexes."""

    web_ms: float
    database_ms: float
    worker_ms: float
    bytes_of: dict[str, float]


@dataclass(frozen=True, slots=True)
class Need:
    """What so many people need at the peak."""

    people: int
    active: float
    requests: float
    tweets: float
    deliveries: float
    rows_written: float
    web_cores: float
    database_cores: float
    worker_cores: float
    terabytes: dict[str, float]

    @property
    def all_terabytes(self) -> float:
        return sum(self.terabytes.values())


def read(file: Path) -> Measured:
    """Raises ValueError, with a sentence, on a file that is no such measurement."""
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    if found.get("database") != "PostgreSQL" or not found.get("web_ms_per_request"):
        raise ValueError(f"{file} is no load test on PostgreSQL.")
    rows, sizes = found["sizes"]["rows"], found["sizes"]["table_bytes"]
    tables = {
        "people": ("people", ["accounts_user", "accounts_nameword"]),
        "follows": ("follows", ["relationships_follow"]),
        "tweets": ("tweets", ["tweets_tweet", "tweets_mention", "tweets_tweethashtag", "tweets_tweetimage"]),
        "likes": ("likes", ["tweets_like"]),
        "entries": ("entries", ["timelines_timelineentry"]),
    }
    return Measured(
        web_ms=found["web_ms_per_request"],
        database_ms=found["database_ms_per_request"] or 0.0,
        worker_ms=found["worker_ms_per_tweet"] or 0.0,
        bytes_of={
            name: sum(sizes.get(table, 0) for table in its) / max(rows[counted], 1)
            for name, (counted, its) in tables.items()
        },
    )


def needed(people: int, measured: Measured) -> Need:
    """The arithmetic."""
    active = people * ACTIVE_AT_PEAK
    thousands = active / 1000
    tweets, deliveries = thousands * TWEETS, thousands * TWEETS * FOLLOWED_BY
    requests = thousands * REQUESTS
    kept_tweets = people * TWEETS_A_DAY * 365 * YEARS
    rows = {
        "people": people,
        "follows": people * FOLLOWED_BY,
        "tweets": kept_tweets,
        "likes": kept_tweets * LIKES_PER_TWEET,
        "entries": people * READ_LATELY * HOME_ENTRIES,
    }
    return Need(
        people=people,
        active=active,
        requests=requests,
        tweets=tweets,
        deliveries=deliveries,
        rows_written=deliveries + thousands * (TWEETS * 4 + LIKES * 3 + FOLLOWS * 3),
        web_cores=requests * measured.web_ms / 1000 / BUSY,
        database_cores=requests * measured.database_ms / 1000 / BUSY
        + deliveries / DELIVERIES_PER_CORE_SECOND / BUSY,
        worker_cores=tweets * measured.worker_ms / 1000 / BUSY,
        terabytes={name: number * measured.bytes_of[name] / 1e12 for name, number in rows.items()},
    )


def breaks(need: Need) -> list[str]:
    """What one primary cannot bear any more, how many times over; the worst first."""
    shares = {
        "the database's size": need.all_terabytes / PRIMARY_TERABYTES,
        "rows written on the primary": need.rows_written / PRIMARY_ROWS_PER_SECOND,
        "the database's cores, replicas left out": need.database_cores / PRIMARY_CORES,
    }
    over = sorted(((share, name) for name, share in shares.items() if share > 1), reverse=True)
    return [f"{name} ({_number(share)} times)" for share, name in over]


def page(measured: Measured) -> str:
    """The table, in Markdown."""
    needs = [needed(people, measured) for people in SIZES]
    rows: list[tuple[str, Callable[[Need], str]]] = [
        ("Active at the peak", lambda need: _number(need.active)),
        ("Requests a second", lambda need: _number(need.requests)),
        ("… of them Home", lambda need: _number(need.active / 1000 * HOME_READS)),
        ("Tweets a second", lambda need: _number(need.tweets)),
        ("Deliveries to homes a second", lambda need: _number(need.deliveries)),
        ("Cores for pages", lambda need: _number(need.web_cores)),
        ("Cores of databases, reading and writing", lambda need: _number(need.database_cores)),
        ("Cores of workers", lambda need: _number(need.worker_cores)),
        (f"Machines of {CORES} cores for these", lambda need: _machines(need.web_cores + need.worker_cores)),
        (f"Machines of {CORES} cores for databases", lambda need: _machines(need.database_cores)),
        (
            "Processes for live connections",
            lambda need: _number(math.ceil(need.active / CONNECTIONS_PER_PROCESS)),
        ),
        ("Tweets, with what belongs to them", lambda need: _bytes(need.terabytes["tweets"])),
        ("Likes", lambda need: _bytes(need.terabytes["likes"])),
        ("Homes (`TimelineEntry`)", lambda need: _bytes(need.terabytes["entries"])),
        ("People and follows", lambda need: _bytes(need.terabytes["people"] + need.terabytes["follows"])),
        ("Too much for one primary", lambda need: "; ".join(breaks(need)) or "nothing"),
    ]
    lines = ["| | " + " | ".join(f"{_number(need.people)} people" for need in needs) + " |", "|---" * 4 + "|"]
    lines += [f"| {name} | " + " | ".join(tell(need) for need in needs) + " |" for name, tell in rows]
    return "\n".join(lines)


def _machines(cores: float) -> str:
    return _number(math.ceil(cores / CORES)) if cores > CORES / 4 else f"a part of one ({cores:.1f} cores)"


def _number(value: float) -> str:
    """Two digits say as much as such arithmetic knows."""
    if value == 0:
        return "0"
    digits = 1 - math.floor(math.log10(abs(value)))
    rounded = round(value, digits)
    return f"{rounded:,.0f}" if digits <= 0 else f"{rounded:.{digits}f}".rstrip("0").rstrip(".")


def _bytes(terabytes: float) -> str:
    for size, unit in ((1.0, "TB"), (1e-3, "GB")):
        if terabytes >= size:
            return f"{_number(terabytes / size)} {unit}"
    return f"{_number(terabytes / 1e-6)} MB"


def main(*words: str) -> None:
    try:
        measured = read(Path(words[0]) if words else FIGURES)
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"No capacity can be computed: {error}")
    costs = (
        f"Measured for each: a request {measured.web_ms} ms of CPU for the page and {measured.database_ms} ms"
        f" in the database, a tweet {measured.worker_ms} ms of work for later; rows with indexes: "
        + ", ".join(f"{name} {size:,.0f} bytes" for name, size in measured.bytes_of.items())
    )
    sys.stdout.write(f"{costs}.\n\n{page(measured)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
