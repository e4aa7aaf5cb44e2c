"""A progress bar for a terminal; elsewhere a line now and then."""

from time import monotonic
from typing import TextIO

_CELLS = 30
_BAR_SECONDS = 0.1
_LINE_SECONDS = 10.0


class Progress:
    """Tells how much of `total` is done, often enough to watch and seldom enough to cost nothing."""

    def __init__(self, out: TextIO, total: int) -> None:
        self._out = out
        self._total = max(total, 1)
        self._is_terminal = out.isatty()
        self._pause_seconds = _BAR_SECONDS if self._is_terminal else _LINE_SECONDS
        self._next_at = monotonic() + self._pause_seconds

    def show(self, done: int, said: str) -> None:
        """Draw the state of things, if it is time to."""
        if monotonic() < self._next_at:
            return
        self._next_at = monotonic() + self._pause_seconds
        part = min(done / self._total, 1.0)
        if self._is_terminal:
            bar = "█" * round(part * _CELLS) + "░" * (_CELLS - round(part * _CELLS))
            self._out.write(f"\r{bar} {part:4.0%}  {said}\x1b[K")
            self._out.flush()
        else:
            self._out.write(f"{part:.0%}: {said}\n")

    def end(self) -> None:
        """Wipe the bar off the terminal."""
        if self._is_terminal:
            self._out.write("\r\x1b[K")
            self._out.flush()
