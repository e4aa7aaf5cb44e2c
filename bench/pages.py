"""CPU time of pages, in this process, through the real WSGI handler with all middleware.

Runs as a program of its own in a scratch environment: `python -m bench.pages NAME=PATH …` prints JSON.
A name that begins with “visitor” is asked without a session and drawn anew each time; one that begins with
“kept visitor” may come from memory.
"""

import cProfile
import json
import pstats
import statistics
import sys
import time
from collections.abc import Callable
from functools import cache
from io import BytesIO, StringIO
from typing import Any

import django

django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.models import User  # noqa: E402
from bench.calibration import calibrate  # noqa: E402
from bench.rounds import REQUESTS, ROUNDS, WARM_UP  # noqa: E402

_VISITORS = {"visitor": "drawn=anew", "kept visitor": ""}  # no page is kept for a cookie that nobody knows


def main(arguments: list[str]) -> None:
    cookies = cookies_of(User.objects.order_by("-tweets_count")[0])  # who says most
    profiled = "--profile" in arguments
    found = {}
    for name, _, path in (argument.partition("=") for argument in arguments if "=" in argument):
        ask = asker(
            path, next((found for part, found in _VISITORS.items() if name.startswith(part)), cookies)
        )
        found[name] = measure(ask)
        if profiled:
            found[name]["profile"] = profile(ask)
    sys.stdout.write(json.dumps(found))


def measure(ask: Callable[[], int]) -> dict[str, Any]:
    """Milliseconds of CPU and of the clock for one request, the median of several rounds.

    `ask` may do its work in any way; it returns how much there was to see.
    """
    size = ask()
    with CaptureQueriesContext(connection) as queries:
        ask()
    queries_count = len(queries)  # now: the next request empties the list
    for _ in range(WARM_UP):
        ask()
    cpu, clock, calibrations = [], [], []
    for _ in range(ROUNDS):
        calibrations.append(calibrate(tries=5))
        cpu_began = time.process_time()
        for _ in range(REQUESTS):
            clock_began = time.perf_counter()
            ask()
            clock.append((time.perf_counter() - clock_began) * 1000)
        cpu.append((time.process_time() - cpu_began) * 1000 / REQUESTS)
    return {
        "cpu_ms": round(statistics.median(cpu), 2),
        "cpu_ms_best": round(min(cpu), 2),
        "clock_ms": round(statistics.median(clock), 2),
        "clock_ms_99th": round(statistics.quantiles(clock, n=100)[98], 2),
        "calibration_ms": round(statistics.median(calibrations), 2),
        "queries": queries_count,
        "bytes": size,
    }


def profile(ask: Callable[[], int]) -> str:
    """Where the time goes."""
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(300):
        ask()
    profiler.disable()
    said = StringIO()
    statistic = pstats.Stats(profiler, stream=said).strip_dirs()
    statistic.sort_stats("tottime").print_stats(30)
    statistic.sort_stats("cumulative").print_stats(60)
    return said.getvalue()


def asker(path: str, cookies: str) -> Callable[[], int]:
    """A function that asks for the page once and returns how many bytes it had."""
    handler = _handler()
    path, _, query = path.partition("?")
    request = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost:8000",
        "HTTP_ACCEPT": "text/html",
        "HTTP_COOKIE": cookies,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }

    def ask() -> int:
        answer = handler(request | {"wsgi.input": BytesIO()}, _ignore)
        size = sum(len(part) for part in answer)
        answer.close()
        if answer.status_code != 200:
            raise RuntimeError(f"{path}?{query} answered {answer.status_code}")
        return size

    return ask


def _ignore(status: str, headers: list[tuple[str, str]], trouble: Any = None, /) -> Callable[[bytes], object]:
    """A server's start_response that has nobody to tell."""
    return lambda part: None


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()


def cookies_of(person: User) -> str:
    """What the browser sends of somebody who is signed in and has been here before."""
    browser = Client()
    browser.force_login(person)
    browser.get("/", headers={"Host": "localhost"})
    return "; ".join(f"{name}={cookie.value}" for name, cookie in browser.cookies.items())


if __name__ == "__main__":
    main(sys.argv[1:])
