"""Looking into the index stretch by stretch, so that no question takes long.

Two common words that never stand together would be compared through all tweets there are. So the newest
few thousand are looked through first, then four times as many, and so on; what is left when the time is over
is left to the next page. Rare words come to the end at once: the index steps over what does not match.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from common.paging import Window
from search.engines import Clause, find_ids, id_below, seconds_worked

_GROWTH = 4


@dataclass(frozen=True, slots=True)
class Looked:
    """Ids that match, newest first, and the id down to which was looked; None where that is the end."""

    ids: list[int]
    down_to: int | None = None


def look(clauses: Sequence[Clause], window: Window) -> Looked:
    """Matching tweets of the window: as many as it holds, or those that were found in time."""
    if _contradict(clauses):
        return Looked([])
    if not clauses or window.min_id is not None:
        return Looked(find_ids("tweet", clauses, window))
    began, ids = seconds_worked(), list[int]()
    for part in _parts(window):
        wanted = replace(part, limit=window.limit - len(ids))
        ids += find_ids("tweet", clauses, wanted, is_sparse=part.max_id != window.max_id)
        if len(ids) == window.limit or part.since_id == window.since_id:
            return Looked(ids)
        if seconds_worked() - began > settings.SEARCH_PATIENCE_SECONDS:
            break
    return Looked(ids, None if part.since_id is None else part.since_id + 1)


def _contradict(clauses: Sequence[Clause]) -> bool:
    """Whether the same is wanted and left out: the index would be looked through to the end for nothing."""
    wanted = {clause.words for clause in clauses if not clause.is_negated}
    return any(clause.is_negated and clause.words in wanted for clause in clauses)


def _parts(window: Window) -> Iterator[Window]:
    """The window from its newer end on, in parts that grow; the last one goes to its older end."""
    ends = id_below("tweet", window.max_id, settings.SEARCH_STRETCH)
    lowest = window.since_id or 0
    above = window.max_id
    if ends is not None:
        newest, floor = ends
        step = newest - floor
        while floor > lowest:
            yield replace(window, max_id=above, since_id=floor)
            above, step = floor + 1, step * _GROWTH
            floor -= step
    yield replace(window, max_id=above)
