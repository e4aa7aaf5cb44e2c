"""Changing what old jobs carry: where it must not be kept any longer."""

from collections.abc import Mapping
from datetime import datetime

from jobs.models import Job


def replace_arguments(
    places: Mapping[str, int], instead: str, *, before: datetime, dry_run: bool = False
) -> int:
    """In jobs of these tasks that were written so long ago, put this in the place of one argument.

    `places` tells which argument of each task. Those in hand are left alone: they are about to be gone.
    Returns how many held something else.
    """
    old = Job.objects.filter(task__in=places, created_at__lt=before).exclude(state=Job.State.RUNNING)
    changed = 0
    for job in old.order_by("id").iterator():
        place = places[job.task]
        if job.args[place] == instead:
            continue
        changed += 1
        if not dry_run:
            args = [*job.args[:place], instead, *job.args[place + 1 :]]
            old.filter(pk=job.pk).update(args=args)
    return changed
