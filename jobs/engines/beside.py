"""Jobs that take long, done beside the rest so that nobody waits with them.

They wait for other people's servers, turn pictures, push to apps, or tidy and count by the clock.
"""

import logging
import threading
from collections.abc import Callable

from django.db import Error as DatabaseTrouble
from django.db import connection

from jobs.models import Job
from jobs.running import run_claimed

logger = logging.getLogger(__name__)

OUTSIDE = "outside"  # what waits for other people's servers
QUEUES = (OUTSIDE, "media", "chores", "deliver")  # whose jobs are done here, each by a hand of its own


class Beside:
    """One more hand of a worker: one job at a time, in a thread of its own. Calls `freed` after each."""

    def __init__(self, freed: Callable[[], None]) -> None:
        self._freed = freed
        self._thread: threading.Thread | None = None

    @property
    def is_free(self) -> bool:
        return self._thread is None

    def take(self, job: Job) -> None:
        """Do this claimed job, while the caller goes on. Only when free."""
        self._thread = threading.Thread(target=self._run, args=(job,), name="beside", daemon=True)
        self._thread.start()

    def finish(self) -> None:
        """Return when nothing is in hand any more."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self, job: Job) -> None:
        try:
            run_claimed(job)
        except DatabaseTrouble as trouble:  # its lease runs out, then it is done again
            logger.warning("Database trouble beside (%s).", type(trouble).__name__)
        finally:
            connection.close()  # this thread's own
            self._thread = None
            self._freed()
