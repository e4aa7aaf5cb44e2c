"""`bin/bench [PART …]`: the figures of this product, measured again on any machine."""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bench import emptying, live, ruling, server, sharing
from bench.calibration import calibrate
from bench.race import measure as race
from bench.race.page import write as write_race
from bench.scratch import databases, scratch
from bench.search import measure as search
from bench.social import measure as social
from bench.streams import measure as streams
from twitter_clone.crowd.scratch import ROOT, Scratch, tweets_file

Figures = dict[str, Any]
_PAGES = ["feed=/", "feed page 2=/?page=2", "visitor feed=/", "process alive=/healthz"]


def main() -> None:
    arguments = _arguments()
    figures: Figures = {"machine": _machine()}
    _row("machine", figures["machine"])
    for name in arguments.parts or _BY_DEFAULT:
        _say(f"\n{name}")
        began = time.monotonic()
        figures[name] = PARTS[name](arguments)
        _say(f"  ({time.monotonic() - began:.0f} s)")
    _say("\n" + json.dumps(figures, ensure_ascii=False))


def measure_import(arguments: argparse.Namespace) -> Figures:
    """The same file through `manage.py import_tweets`, on each database."""
    found = {}
    for database in databases():
        with scratch(database) as place:
            place.run("manage.py", "migrate", "-v0")
            found[database] = _import(place)
            _row(database, found[database])
    return found


def measure_feed(arguments: argparse.Namespace) -> Figures:
    """CPU of the pages that are read most."""
    found: Figures = {}
    for database in databases():
        with scratch(database) as place:
            place.prepare()
            _import(place)
            found[database] = _pages(place, _PAGES, arguments)
    return found


def measure_deep(arguments: argparse.Namespace) -> Figures:
    """A numbered page in the middle of very many tweets, against the first one."""
    number = 1_000_000 if arguments.million else 100_000
    middle = f"/?page={number // 20}"  # ten tweets to a page
    wanted = ["feed=/", f"feed deep={middle}", "visitor feed=/", f"visitor feed deep={middle}"]
    found: Figures = {"tweets": number}
    for database in databases():
        with scratch(database) as place:
            place.prepare()
            place.run("-m", "bench.crowd", str(number), SQLITE_SYNCHRONOUS="NORMAL")
            pages = found[database] = _pages(place, wanted, arguments)
            for name in ("feed", "visitor feed"):
                pages[f"{name} ratio"] = round(
                    pages[f"{name} deep"]["cpu_ms_best"] / pages[name]["cpu_ms_best"], 2
                )
            _row(
                f"{database}: page {number // 20:,} to page 1",
                {name: pages[name] for name in pages if "ratio" in name},
            )
    return found


def measure_memory(arguments: argparse.Namespace) -> Figures:
    """All processes of bin/run together, idle, with the imported tweets on the first page."""
    with scratch() as place:
        place.prepare()
        _import(place)
        with server.running(place) as (process, port, _):
            found = server.idle_memory(process, port)
    _row("bin/run, idle", found)
    return found


def measure_start(arguments: argparse.Namespace) -> Figures:
    """From the command to the first page: with an empty data folder, then again; .venv is there."""
    found = {}
    with scratch() as place:
        for name in ("first_start_seconds", "second_start_seconds"):
            with server.running(place) as (_, _, seconds):
                found[name] = round(seconds, 2)
    _row("bin/run", found)
    return found


def measure_sync(arguments: argparse.Namespace) -> Figures:
    """What it costs that an acknowledged tweet survives a power cut (SQLite)."""
    found = {}
    for mode in ("FULL", "NORMAL"):
        with scratch() as place:
            place.run("manage.py", "migrate", "-v0")
            found[mode] = json.loads(place.run("-m", "bench.posting", "1000", SQLITE_SYNCHRONOUS=mode))
            _row(f"synchronous={mode}", found[mode])
    return found


def measure_social(arguments: argparse.Namespace) -> Figures:
    """A network of many people: reading, delivering, writing, and how each grows."""
    return social.measure(arguments, _row)


def measure_search(arguments: argparse.Namespace) -> Figures:
    """Finding among very many tweets, the index, and how soon a tweet is found."""
    return search.measure(arguments, _row)


def measure_sharing(arguments: argparse.Namespace) -> Figures:
    """Pages and counting: of one process alone, and of several with a table or with Redis."""
    found = {}
    for database in databases():
        with scratch(database) as place:
            place.prepare()
            _import(place)
            found[database] = sharing.measure(place, _row)
    return found


def measure_counting(arguments: argparse.Namespace) -> Figures:
    """One question of a pace limit, in memory, in the table and in Redis."""
    found = {}
    for database in databases():
        with scratch(database) as place:
            place.prepare()
            found[database] = sharing.count(place, _row)
    return found


def measure_jobs(arguments: argparse.Namespace) -> Figures:
    """What workers bear: by the table and by Celery, one hand and two."""
    return emptying.measure(_row)


def measure_live(arguments: argparse.Namespace) -> Figures:
    """Open pages: memory of each, and how soon all of them hear of a tweet."""
    found = {}
    for database in databases():
        with scratch(database) as place:
            place.prepare()
            found[database] = live.measure(place, arguments.sockets, _row)
    return found


def measure_streams(arguments: argparse.Namespace) -> Figures:
    """One event, told to a thousand apps at once."""
    return streams.measure(_row)


def measure_api(arguments: argparse.Namespace) -> Figures:
    """What requests of apps cost, with all the work that they bring."""
    machine = _machine()
    found = race.measure(_row)
    write_race(found, machine, datetime.now(UTC).date())
    return found


def measure_views(arguments: argparse.Namespace) -> Figures:
    """What counting readers costs a page, and the thread that writes it."""
    found = {}
    for database in databases():
        with scratch(database) as place:
            place.run("manage.py", "migrate", "-v0")
            found[database] = json.loads(place.run("-m", "bench.views"))
            _row(database, found[database])
    return found


PARTS: dict[str, Callable[[argparse.Namespace], Figures]] = {
    "import": measure_import,
    "feed": measure_feed,
    "deep": measure_deep,
    "memory": measure_memory,
    "start": measure_start,
    "sync": measure_sync,
    "social": measure_social,
    "search": measure_search,
    "sharing": measure_sharing,
    "counting": measure_counting,
    "jobs": measure_jobs,
    "live": measure_live,
    "streams": measure_streams,
    "api": measure_api,
    "views": measure_views,
    "rules": lambda arguments: ruling.measure(arguments.tweets, _row),
}
_BY_DEFAULT = [
    name
    for name in PARTS
    if name
    not in ("social", "search", "sharing", "counting", "jobs", "live", "streams", "api", "views", "rules")
]


def _import(place: Scratch) -> Figures:
    file, kind = tweets_file(place.folder)
    began = time.monotonic()
    process = subprocess.Popen(  # noqa: S603  (our own program)
        [sys.executable, "manage.py", "import_tweets", str(file), "--authors", "50"],
        cwd=ROOT,
        env=place.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout  # noqa: S101  (asked for above)
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    summary = re.search(r"(\d+) imported.*?([\d.]+) s, (\d+) tweets/s", said)
    if process.returncode or not summary:
        raise RuntimeError(f"The import failed: {said}")
    peak = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return {
        "file": kind,
        "imported": int(summary[1]),
        "tweets_per_second": int(summary[3]),
        "seconds": float(summary[2]),
        "seconds_with_start": round(time.monotonic() - began, 1),
        "peak_memory_mb": round(peak, 1),
    }


def _pages(place: Scratch, wanted: list[str], arguments: argparse.Namespace) -> Figures:
    more = ["--profile"] if arguments.profile else []
    found: Figures = json.loads(place.run("-m", "bench.pages", *wanted, *more))
    for name, page in found.items():
        profile = page.pop("profile", "")
        _row(f"{place.database}: {name}", page)
        if profile:
            _say(profile)
    return found


def _row(name: str, figures: Figures) -> None:
    cells = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in figures.items())
    _say(f"  {name:<28} {cells}")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _machine() -> Figures:
    return {
        "calibration_ms": round(calibrate(), 2),
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument(
        "parts",
        nargs="*",
        metavar="PART",
        help=f"{', '.join(PARTS)}; without any, the quick ones",
    )
    parser.add_argument(
        "--million", action="store_true", help="deep: a million tweets instead of 100,000 (minutes)"
    )
    parser.add_argument("--profile", action="store_true", help="feed, deep: show where the time goes")
    for name, number in (("people", 100_000), ("follows", 5_000_000), ("tweets", 1_000_000)):
        parser.add_argument(
            f"--{name}", type=int, default=number, help=f"social, search: how many, {number:,} if not said"
        )
    parser.add_argument("--sockets", type=int, default=5000, help="live: open pages, 5,000 if not said")
    arguments = parser.parse_args()
    for part in arguments.parts:
        if part not in PARTS:
            parser.error(f"there is no part “{part}”; choose from {', '.join(PARTS)}")
    return arguments


if __name__ == "__main__":
    main()
