"""Names with brackets, as forms write what JSON nests: `poll[options][]=Yes`, `source[privacy]=public`."""

import re
from itertools import pairwise
from typing import Any

from django.utils.datastructures import MultiValueDict

_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_MOST_LEVELS = 4


def nested(values: MultiValueDict[str, Any]) -> dict[str, Any]:
    """The values as JSON would have them. Of a name that comes twice without brackets the last counts."""
    found: dict[str, Any] = {}
    for name, several in values.lists():
        path = _path(name)
        # `media[][id]=1&media[][id]=2`: each value belongs to an entry of its own, in order.
        counts = several if "" in path else several[-1:]
        for place, value in enumerate(counts):
            _put(found, path, value, place)
    return found


def _path(name: str) -> list[str]:
    """`poll[options][]` is poll, options and "". What is not well written is one name.

    A list of lists is nothing that is ever sent: `id[][]`, as Mastodon.py writes, is `id[]`.
    """
    match = _NAME.fullmatch(name)
    if match is None:
        return [name]
    path = [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])]
    while path[-2:] == ["", ""]:
        path.pop()
    return path if len(path) <= _MOST_LEVELS else [name]


def _put(here: Any, path: list[str], value: Any, place: int) -> None:
    """Walk down the path, making what is missing; what contradicts an earlier name is left out."""
    for part, following in pairwise(path):
        here = _inside(here, part, [] if following == "" else {}, place)
        if here is None:
            return
    if path[-1] == "" and isinstance(here, list):
        here.append(value)
    elif path[-1] != "" and isinstance(here, dict):
        here.setdefault(path[-1], value)


def _inside(here: Any, part: str, fresh: Any, place: int) -> Any:
    """What stands there already or is put there; None where it is of another kind."""
    if part == "" and isinstance(here, list):
        while len(here) <= place:
            here.append(type(fresh)())
        there = here[place]
    elif part != "" and isinstance(here, dict):
        there = here.setdefault(part, fresh)
    else:
        return None
    return there if isinstance(there, type(fresh)) else None
