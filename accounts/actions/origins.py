"""Forgetting where people were when they signed in: every place that keeps an IP address of theirs.

They stand with each session, for its owner to see, and in jobs whose mail tells of a sign-in or a new
password and could not be sent. Pace limits count by checksums.
"""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils import timezone

from jobs.arguments import replace_arguments

FORGOTTEN = "0.0.0.0"  # noqa: S104  what stands in the place of an address that nobody knows (any more)
# Jobs that carry an address, and where among their arguments.
JOBS_WITH_ADDRESSES = {"accounts.mails.new_device": 1, "accounts.mails.password_changed": 1}
_BATCH = 500


def forget_ip_addresses(*, dry_run: bool = False) -> int:
    """Whatever is older than IP_ADDRESSES_KEPT_DAYS. The session goes on. Returns how many addresses."""
    old = timezone.now() - timedelta(days=settings.IP_ADDRESSES_KEPT_DAYS)
    in_jobs = replace_arguments(JOBS_WITH_ADDRESSES, FORGOTTEN, before=old, dry_run=dry_run)
    sessions = UserSession.objects.filter(created_at__lt=old).exclude(ip=FORGOTTEN).order_by()
    if dry_run:
        return in_jobs + int(sessions.count())
    forgotten: int = 0
    while ids := list(sessions.values_list("pk", flat=True)[:_BATCH]):
        forgotten += UserSession.objects.filter(pk__in=ids).update(ip=FORGOTTEN)
    return in_jobs + forgotten
