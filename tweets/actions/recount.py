"""Setting counters right by the clock: some of them each time, going on where the last turn stopped."""

import time
from collections.abc import Callable, Iterator

from django.conf import settings

from accounts.actions import correct_counts
from jobs.housekeeping import keep_place, place_of
from tweets.actions.counts import correct_tweet
from tweets.actions.poll import correct_poll
from tweets.queries.recount import Stretch, people_in_stretches, polls_in_stretches, tweets_in_stretches

_CHORE = "counters"
_KINDS: dict[str, tuple[Callable[[int], Iterator[Stretch]], Callable[..., None]]] = {
    "people": (people_in_stretches, correct_counts),
    "tweets": (tweets_in_stretches, correct_tweet),
    "polls": (polls_in_stretches, correct_poll),
}


def repair_some_counts(*, dry_run: bool = False) -> int:
    """Count anew for RECOUNT_SECONDS, or until everything was counted once. Returns how many rows were wrong.

    `manage.py repair_counts` counts everything at once.
    """
    until = time.monotonic() + settings.RECOUNT_SECONDS
    kind, _, last = place_of(_CHORE).partition(":")
    kinds = list(_KINDS)
    mended, after = 0, int(last or 0)
    for name in kinds[kinds.index(kind) if kind in _KINDS else 0 :]:
        stretches, correct = _KINDS[name]
        for reached, wrong in stretches(after):
            mended += len(wrong)
            if not dry_run:
                for drift in wrong:
                    correct(drift.id, **drift.missing)
            if time.monotonic() > until:
                if not dry_run:
                    keep_place(_CHORE, f"{name}:{reached}")
                return mended
        after = 0
    if not dry_run:
        keep_place(_CHORE, "")
    return mended
