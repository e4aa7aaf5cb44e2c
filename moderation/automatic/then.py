"""What a rehearsed rule asks about a tweet, answered as it would have been at that time: tweets are read one
after the other, and what was said shortly before is remembered.
"""

from collections import defaultdict, deque
from collections.abc import Hashable, Mapping
from typing import TypeVar

from moderation.automatic.said import Said, ids_within
from moderation.automatic.sites import sites_in
from moderation.models.conditions import AUTHOR, Conditions

_Key = tuple[int, int]  # author (0: anybody) and checksum
_Any = TypeVar("_Any", bound=Hashable)


class FactsThen:
    """Remembers of each author and each text no more ids than the conditions ask for."""

    def __init__(self, conditions: Conditions) -> None:
        self._conditions = conditions
        self._paces: defaultdict[int, deque[int]] = defaultdict(deque)
        self._texts: defaultdict[_Key, deque[int]] = defaultdict(deque)
        self._swept_at = 0
        self.strangers_known: Mapping[tuple[int, int], int] = {}
        self.sites_known: Mapping[str, int] = {}

    def remember(self, said: Said) -> None:
        """Every tweet as it is, in the order in which they were said, before it is asked about."""
        asked = self._conditions
        if asked.pace is not None:
            _push(self._paces[said.author_id], said.tweet_id, asked.pace + 1)
        if asked.repeats is not None and said.digest is not None:
            _push(self._texts[self._key(said)], said.tweet_id, asked.repeats)
        if (asked.pace is not None or asked.repeats is not None) and said.tweet_id > self._sweep_due:
            self._sweep(said.tweet_id)

    def first_linked(self, said: Said) -> dict[str, int]:
        sites = sites_in(said.links)
        return {site: min(self.sites_known.get(site, said.tweet_id), said.tweet_id) for site in sites}

    def strangers(self, said: Said, most: int) -> int:
        return self.strangers_known.get(said.key, 0)

    def repeats(self, said: Said, conditions: Conditions) -> int:
        since = ids_within(said.tweet_id, conditions.repeats_minutes or 0)
        ids = self._texts.get(self._key(said), ())
        return 1 + sum(1 for an_id in ids if since <= an_id < said.tweet_id)

    def pace(self, said: Said, minutes: int, most: int) -> int:
        since = ids_within(said.tweet_id, minutes)
        return sum(1 for an_id in self._paces[said.author_id] if since <= an_id)

    def _key(self, said: Said) -> _Key:
        author_id = said.author_id if self._conditions.repeats_by == AUTHOR else 0
        return author_id, said.digest or 0

    @property
    def _sweep_due(self) -> int:
        """Forget the silent once in each window, so that no more than two windows are remembered."""
        return self._swept_at + (self._conditions.window_minutes * 60_000 << 16)

    def _sweep(self, now_id: int) -> None:
        self._swept_at = now_id
        since = ids_within(now_id, self._conditions.window_minutes)
        _forget(self._paces, since)
        _forget(self._texts, since)


def _forget(kept: dict[_Any, deque[int]], since: int) -> None:
    for key in [key for key, ids in kept.items() if ids[-1] < since]:
        del kept[key]


def _push(ids: deque[int], tweet_id: int, most: int) -> None:
    ids.append(tweet_id)
    if len(ids) > most:
        ids.popleft()
