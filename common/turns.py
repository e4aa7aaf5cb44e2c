"""Turns for writers on SQLite, which has room for one at a time and keeps no queue.

Whoever finds it taken looks again after 1 ms, then ever more seldom, up to 0.1 s
(https://www.sqlite.org/c3ref/busy_timeout.html). Batch after batch without a gap would shut them out for as
long as there are batches.
"""

import time

from django.db import connection

_LONGEST_SECONDS = 0.1


def leave_room(began: float) -> None:
    """After a batch that began then (`time.monotonic`): sleep as long as it took, so that half of the time is
    free for others. Nothing where the database lets several write.
    """
    if connection.vendor == "sqlite":
        time.sleep(min(time.monotonic() - began, _LONGEST_SECONDS))
