"""The same words stand once in a short stretch, wherever a page begins or ends.

A retweet is left out when what it shows stands already among the HOME_REPEAT_WITHIN entries beneath it. So
what stands there first stays, and whether a retweet is shown does not depend on the page it is read on.
"""

from collections import Counter
from collections.abc import Callable

from django.conf import settings

from common.paging import Window

Row = tuple[int, int]  # the id of the entry, the id of the tweet it shows
_SPARE = 10  # rows read beside those needed if nothing were left out


def without_repeats(read: Callable[[Window], list[Row]], window: Window) -> list[int]:
    """At most `limit` ids of the window, newest first. `read` gives the rows of a window, newest first; with
    a `since_id` only what it has at hand.

    One call where few are left out, one more for the stretch just above an id.
    """
    if window.min_id is not None:
        return _upwards(read, window)
    asked = window.limit + settings.HOME_REPEAT_WITHIN + _SPARE
    while True:
        rows = read(Window(limit=asked, max_id=window.max_id))
        is_all = len(rows) < asked
        ids = _first_hand(rows, len(rows) if is_all else len(rows) - settings.HOME_REPEAT_WITHIN)
        if is_all or len(ids) >= window.limit:
            return [an_id for an_id in ids[: window.limit] if an_id > (window.since_id or 0)]
        asked *= 2


def _upwards(read: Callable[[Window], list[Row]], window: Window) -> list[int]:
    above = window.min_id or 0
    beneath = read(Window(limit=settings.HOME_REPEAT_WITHIN, max_id=above + 1, since_id=0))
    asked = window.limit + _SPARE
    while True:
        rows = read(Window(limit=asked, min_id=above, max_id=window.max_id))
        ids = _first_hand([*rows, *beneath], len(rows))
        if len(rows) < asked or len(ids) >= window.limit:
            return ids[-window.limit :]
        asked *= 2


def _first_hand(rows: list[Row], number: int) -> list[int]:
    """Of the first `number` rows those that repeat nothing beneath them."""
    within = settings.HOME_REPEAT_WITHIN
    beneath = Counter(shown for _, shown in rows[:within])
    kept = []
    for place, (an_id, shown) in enumerate(rows[:number]):
        beneath[shown] -= 1
        if place + within < len(rows):
            beneath[rows[place + within][1]] += 1
        if an_id == shown or not beneath[shown]:
            kept.append(an_id)
    return kept
