"""One push, and how it is written on its way to other processes."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Plain = str | int | bool


class Push(NamedTuple):
    """`kind` happened to `id`, told to all who listen to one of the streams."""

    streams: tuple[str, ...]
    kind: str
    id: int
    more: Mapping[str, Plain]


def to_line(pushes: Iterable[Push]) -> str:
    """As one line of JSON."""
    return json.dumps(list(pushes), separators=(",", ":"))


def from_line(line: str | bytes) -> list[Push]:
    """Raises ValueError for anything that `to_line` does not write."""
    try:
        return [_push(*told) for told in json.loads(line)]
    except (TypeError, RecursionError) as error:
        raise ValueError("This is no push.") from error


def _push(streams: Any, kind: Any, an_id: Any, more: Any) -> Push:
    if not (isinstance(kind, str) and isinstance(an_id, int) and isinstance(more, dict)):
        raise ValueError("This is no push.")
    return Push(tuple(map(str, streams)), kind, an_id, more)
