"""How dear a step is, in seconds of one standard machine, so that a limit means the same on every other."""

from collections.abc import Callable
from time import thread_time

from bench.calibration import calibrate

STANDARD_MS = 1.0  # what bench/calibration.py takes on the machine that the limits were set on


def is_within(step: Callable[[], object], seconds: float, tries: int = 5) -> bool:
    """Whether the step takes no more CPU than that, which most do at the first try on any machine."""
    return any(_seconds(step) < seconds for _ in range(tries)) or standard_seconds(step, tries) < seconds


def standard_seconds(step: Callable[[], object], tries: int = 5) -> float:
    """CPU seconds of this thread for the step, the best of the tries, had it run on the standard machine.

    The machine is asked before and after: neighbours slow it down for minutes at a time.
    """
    before = calibrate(20)
    best = min(_seconds(step) for _ in range(tries))
    slowness = max(1.0, before / STANDARD_MS, calibrate(20) / STANDARD_MS)
    return best / slowness


def _seconds(step: Callable[[], object]) -> float:
    began = thread_time()
    step()
    return thread_time() - began
