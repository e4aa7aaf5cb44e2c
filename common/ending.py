"""What a process does last, also one that must not wait for Python's own farewell (twitter_clone/serve)."""

import atexit
from collections.abc import Callable

_last: list[Callable[[], object]] = []


def before_the_end(function: Callable[[], object]) -> None:
    """Call this once, when the process ends in order."""
    if not _last:
        atexit.register(end)
    _last.append(function)


def end() -> None:
    """Do it now. What was done is not done again."""
    while _last:
        _last.pop()()
