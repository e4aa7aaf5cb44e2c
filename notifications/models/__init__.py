"""What people are told, and of whom they want to hear."""

from notifications.models.notification import Notification, NotificationQuerySet
from notifications.models.policy import NotificationPermission, NotificationPolicy
from notifications.models.push import PushSubscription

__all__ = [
    "Notification",
    "NotificationPermission",
    "NotificationPolicy",
    "NotificationQuerySet",
    "PushSubscription",
]
