"""What the clock does with what the doctor left."""

from datetime import timedelta

from django.utils import timezone

from common.sweeping import sweep
from server.models import Probe

_HOURS = 1  # a doctor stays for seconds


def forget_probes(dry_run: bool = False) -> int:
    """Questions whose doctor was killed."""
    old = timezone.now() - timedelta(hours=_HOURS)
    return sweep(Probe.objects.filter(made_at__lt=old), dry_run=dry_run)
