"""What it costs to count: prints microseconds of CPU and of the clock for one question, as JSON.

Runs as a program of its own in a scratch environment, whose variables say where it is counted.
"""

import json
import sys
import time
from collections.abc import Callable

import django

django.setup()

from common import rates, revision  # noqa: E402

_ROUNDS, _QUESTIONS, _PEOPLE = 5, 1000, 500


def main() -> None:
    kinds: dict[str, Callable[[int], object]] = {
        "tally (each request)": lambda n: rates.tally("pages", str(n % _PEOPLE)),
        "check (a deed)": lambda n: rates.check("likes", str(n % _PEOPLE)),
        "revision (a visitor's page)": lambda n: revision.current(),
    }
    sys.stdout.write(json.dumps({name: _cost(ask) for name, ask in kinds.items()}))


def _cost(ask: Callable[[int], object]) -> dict[str, float]:
    """The best of several rounds."""
    cpu, clock = [], []
    for _ in range(_ROUNDS):
        cpu_began, clock_began = time.process_time(), time.perf_counter()
        for number in range(_QUESTIONS):
            ask(number)
        cpu.append((time.process_time() - cpu_began) * 1e6 / _QUESTIONS)
        clock.append((time.perf_counter() - clock_began) * 1e6 / _QUESTIONS)
    return {"cpu_us": round(min(cpu), 1), "clock_us": round(min(clock), 1)}


if __name__ == "__main__":
    main()
