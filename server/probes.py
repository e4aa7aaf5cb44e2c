"""A question that a worker answers: who it is, and what it finds in the cache.

The doctor writes a row and a job, and puts a word into the cache. The job runs wherever workers are, reads
the word and puts in its own.
"""

import os
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from server.models import Probe

_KEPT_SECONDS = 60
_LOOK_SECONDS = 0.05


@contextmanager
def asked() -> Iterator[Probe]:
    """A probe that is on its way; gone afterwards, answered or not."""
    probe = Probe.objects.create(word=secrets.token_hex(8))
    cache.set(_ours(probe.pk), probe.word, _KEPT_SECONDS)
    answer.enqueue(probe.pk)
    try:
        yield probe
    finally:
        probe.delete()


@task()
def answer(probe_id: int) -> None:
    """In a worker: what it finds, and where it is. Nothing when nobody waits any more."""
    found = cache.get(_ours(probe_id), "")
    cache.set(_theirs(probe_id), found, _KEPT_SECONDS)
    Probe.objects.filter(pk=probe_id).update(
        found=found,
        is_alone=settings.SINGLE_PROCESS and not settings.REDIS_URL,
        answered_at=timezone.now(),
        answered_by=f"{socket.gethostname()[:60]}:{os.getpid()}",
    )


def answered(probe_id: int | None, seconds: float) -> Probe | None:
    """The probe once a worker has answered it; None when that takes longer."""
    if probe_id is None:
        return None
    until = time.monotonic() + seconds
    while True:
        probe = Probe.objects.filter(pk=probe_id, answered_at__isnull=False).first()
        if probe is not None or time.monotonic() >= until:
            return probe
        time.sleep(_LOOK_SECONDS)


def came_back(probe: Probe) -> bool:
    """Whether what the worker put into the cache is here."""
    return bool(cache.get(_theirs(probe.pk)) == probe.word)


def _ours(probe_id: int) -> str:
    return f"doctor:{probe_id}:asked"


def _theirs(probe_id: int) -> str:
    return f"doctor:{probe_id}:answered"
