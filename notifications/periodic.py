"""What the clock does with notifications."""

from django.conf import settings

from events.bus import outside_transaction
from notifications import actions


@outside_transaction
def forget_old() -> None:
    actions.forget_old(settings.NOTIFICATIONS_KEPT_DAYS)
