"""What follows for apps that are closed when something happened: they are pushed to."""

import logging

from django.conf import settings
from django.utils import timezone

from api.shapes.pushes import payload
from common import outside
from common.ids import moment_of
from common.sealing import Unreadable, unseal
from common.web_push import Recipient, Sender, Unusable
from events.bus import outside_transaction, queue
from events.catalogue import PushWanted
from notifications.actions import unsubscribe
from notifications.models import PushSubscription
from notifications.queries import to_push

logger = logging.getLogger(__name__)

_GONE = (404, 410)
_TAKEN = range(200, 300)


class NotTaken(Exception):
    """The push service does not take it just now; it is tried again."""


@queue("deliver")
@outside_transaction
def send_push(event: PushWanted) -> None:
    """Seal what happened for the app, and bring it to its push service. Raises NotTaken."""
    found = to_push(event.subscription_id, event.notification_id) if settings.VAPID_PRIVATE_KEY else None
    if found is None:
        return
    subscription, told = found
    try:
        status = _send(subscription, payload(told, subscription.owner, unseal(subscription.sealed_token)))
    except (Unreadable, Unusable, outside.Refused) as refused:  # trying again would not help
        logger.info("A push subscription ends: %s", refused)
        unsubscribe(pk=subscription.pk)
    except outside.Unreachable as unreachable:
        _try_again(told.id, str(unreachable))
    else:
        if status in _GONE:
            unsubscribe(pk=subscription.pk)
        elif status not in _TAKEN:
            _try_again(told.id, f"The push service says {status}.")


def _send(subscription: PushSubscription, message: bytes) -> int:
    sealed = Sender(settings.VAPID_PRIVATE_KEY).seal(
        message,
        Recipient(subscription.public_key, subscription.secret),
        subscription.endpoint,
        settings.SITE_URL,
        is_standard=subscription.is_standard,
    )
    headers = {**sealed.headers, "Content-Type": "application/octet-stream", "Urgency": "normal"}
    return outside.deliver(
        subscription.endpoint, sealed.body, headers | {"TTL": str(settings.PUSH_KEPT_SECONDS)}
    )


def _try_again(notification_id: int, reason: str) -> None:
    """With growing pauses, as long as it is worth telling."""
    age = timezone.now() - moment_of(notification_id)
    if age.total_seconds() < settings.PUSH_TRIED_SECONDS:
        raise NotTaken(reason)
    logger.info("A push was given up: %s", reason)
