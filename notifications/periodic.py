"""What the clock does with notifications."""

from django.conf import settings

from notifications import actions


def forget_old(dry_run: bool = False) -> int:
    """What was told NOTIFICATIONS_KEPT_DAYS ago."""
    return actions.forget_old(settings.NOTIFICATIONS_KEPT_DAYS, dry_run=dry_run)


def forget_subscriptions(dry_run: bool = False) -> int:
    """Where apps wanted pushes that have not asked for anything since PUSH_UNUSED_DAYS."""
    return actions.forget_subscriptions(settings.PUSH_UNUSED_DAYS, dry_run=dry_run)
