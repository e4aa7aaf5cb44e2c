"""Which line of the table answers at an address; Django's own way is to try one line after the other."""

from collections.abc import Iterable, Sequence

from django.urls import Resolver404, ResolverMatch, URLPattern

_Parts = tuple[str, ...]
_ANY = "<"  # stands for a part of an address that may be many things


class Addresses:
    """The lines by what they have in common with an address: its length, and the words that are fixed."""

    def __init__(self, lines: Iterable[URLPattern]) -> None:
        self._lines: dict[_Parts, list[tuple[int, URLPattern]]] = {}
        self._open: dict[int, set[tuple[int, ...]]] = {}  # by length: at which places a line may have gaps
        for number, line in enumerate(lines):
            parts = tuple(_ANY if _ANY in part else part for part in str(line.pattern).split("/"))
            self._lines.setdefault(parts, []).append((number, line))
            gaps = tuple(place for place, part in enumerate(parts) if part == _ANY)
            self._open.setdefault(len(parts), set()).add(gaps)

    def find(self, path: str) -> ResolverMatch:
        """What answers there; of several lines the first. Raises Resolver404 where nothing does."""
        path = path.rstrip("/").removeprefix("/")
        parts = path.split("/")
        found = [
            entry
            for gaps in self._open.get(len(parts), ())
            for entry in self._lines.get(_with(parts, gaps), ())
        ]
        for _, line in sorted(found, key=_number) if len(found) > 1 else found:
            if match := line.resolve(path):
                return match
        raise Resolver404({"path": path})


def _with(parts: Sequence[str], gaps: Iterable[int]) -> _Parts:
    changed = list(parts)
    for place in gaps:
        changed[place] = _ANY
    return tuple(changed)


def _number(entry: tuple[int, URLPattern]) -> int:
    return entry[0]
