"""Sending messages for jobs that have none: those whose time has come, and those whose message was lost.

One process at a time does it for all. How many messages of a queue wait at the broker tells how many were
lost, so a long line of jobs is not sent again and again.
"""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from common.sending import Unreachable
from jobs import actions, clock
from jobs.messages import Broker, Waiting
from jobs.models import Job

logger = logging.getLogger(__name__)

_EVERY_SECONDS = 0.5
_WHOLE_SECONDS = 5.0  # between looks at all that waits, not only at what has just become due
_JUST_NOW = timedelta(minutes=1)
_LOST = timedelta(seconds=5)  # a message should have been heard by then, unless many wait
_AT_ONCE = 500
_MOST_AT_ONE_LOOK = 5_000
_RETRY_SECONDS = 5.0  # while the broker is away


class Sweeper:
    """Looks when it is its turn. `is_cut_off` while the broker cannot be reached."""

    def __init__(self, broker: Callable[[], Broker] = Broker) -> None:
        self._broker = broker()
        self._next_look = 0.0
        self.is_cut_off = False

    def look(self) -> None:
        """Send what is missing, if it is time and nobody else does it."""
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + _EVERY_SECONDS
        try:
            if self.is_cut_off:
                self._broker.length(settings.CELERY_QUEUES[0])
                logger.info("The broker answers again.")
                self.is_cut_off = False
            if clock.take_turn("jobs.sweeping", _EVERY_SECONDS):
                self._send(_never_sent(since=timezone.now() - _JUST_NOW))
            if clock.take_turn("jobs.sweeping.whole", _WHOLE_SECONDS):
                self._send(_never_sent())
                for queue in settings.CELERY_QUEUES:
                    self._send_lost(queue)
        except Unreachable as error:
            if not self.is_cut_off:
                logger.warning("The broker is away (%s); jobs are taken from the table instead.", error)
            self.is_cut_off = True
            self._next_look = time.monotonic() + _RETRY_SECONDS

    def close(self) -> None:
        self._broker.close()

    def _send_lost(self, queue: str) -> None:
        """Of those that were sent and not taken, as many as there are fewer messages than jobs."""
        now = timezone.now()
        sent = Job.objects.due(now).filter(queue=queue, sent_at__isnull=False).order_by("sent_at", "id")
        missing = sent.count() - self._broker.length(queue)
        if missing > 0:
            self._send(sent.filter(sent_at__lt=now - _LOST), most=missing)

    def _send(self, jobs: QuerySet[Job], most: int = _MOST_AT_ONE_LOOK) -> None:
        waiting: Sequence[Waiting] = list(jobs.values_list("id", "queue")[: min(most, _MOST_AT_ONE_LOOK)])
        for start in range(0, len(waiting), _AT_ONCE):
            part = waiting[start : start + _AT_ONCE]
            self._broker.carry(part)
            actions.note_sent([job_id for job_id, _ in part])


def _never_sent(since: datetime | None = None) -> QuerySet[Job]:
    unsent = Job.objects.due(timezone.now()).filter(sent_at__isnull=True, queue__in=settings.CELERY_QUEUES)
    return unsent.filter(run_at__gte=since) if since else unsent
