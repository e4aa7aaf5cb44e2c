"""What it costs to count: prints microseconds of CPU and of the clock for one question, as JSON.

Runs as a program of its own in a scratch environment, whose variables say where it is counted.
"""

import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress

import django

django.setup()

from accounts.actions import attempt_was_right, count_attempt  # noqa: E402
from common import rates, revision  # noqa: E402
from common.errors import TooMany  # noqa: E402

_ROUNDS, _QUESTIONS, _PEOPLE = 5, 1000, 500


def main() -> None:
    kinds: dict[str, Callable[[int], object]] = {
        "tally (each request)": lambda n: rates.tally("pages", str(n % _PEOPLE)),
        "check (a deed)": lambda n: rates.check("likes", str(n % _PEOPLE)),
        "check (refused)": _refused,
        "a sign-in, right": _sign_in,
        "revision (a visitor's page)": lambda n: revision.current(),
    }
    sys.stdout.write(json.dumps({name: _cost(ask) for name, ask in kinds.items()}))


def _refused(number: int) -> None:
    """Of people who have used up all they may; the first questions of a round do that."""
    with suppress(TooMany):
        rates.check("confirm_email_mail", str(number % 5))


def _sign_in(number: int) -> None:
    """All that one attempt counts for, and taken back: three rates, two of them in two windows."""
    attempt = (f"203.0.113.{number % 250}", f"person{number % _PEOPLE}")
    count_attempt(*attempt)
    attempt_was_right(*attempt)


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
