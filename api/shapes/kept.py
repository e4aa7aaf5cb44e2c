"""JSON that was made before and still is true, in the memory of a process."""

from collections.abc import Callable, Hashable
from itertools import islice
from typing import Generic, TypeVar

Facts = TypeVar("Facts")


class Kept(Generic[Facts]):
    """For each key the JSON of the facts seen last; other facts are encoded anew, and take their place.

    So something is encoded once for each change, and never more than one version of it is kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[Hashable, tuple[Facts, bytes]] = {}

    def get(self, key: Hashable, facts: Facts) -> bytes | None:
        known = self._known.get(key)
        return known[1] if known is not None and known[0] == facts else None

    def put(self, key: Hashable, facts: Facts, encoded: bytes) -> bytes:
        if len(self._known) >= self._most:
            for old in list(islice(self._known, self._most // 4)):
                self._known.pop(old, None)
        self._known[key] = (facts, encoded)
        return encoded

    def once(self, key: Hashable, facts: Facts, encode: Callable[[Facts], bytes]) -> bytes:
        known = self.get(key, facts)
        return self.put(key, facts, encode(facts)) if known is None else known
