"""What the clock does with old jobs."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from common.sweeping import sweep
from jobs.models import Job


def forget_failed(dry_run: bool = False) -> int:
    """Jobs that were put aside and that nobody tried again within FAILED_JOBS_KEPT_DAYS."""
    old = timezone.now() - timedelta(days=settings.FAILED_JOBS_KEPT_DAYS)
    return sweep(Job.objects.filter(state=Job.State.DEAD, run_at__lt=old), dry_run=dry_run)
